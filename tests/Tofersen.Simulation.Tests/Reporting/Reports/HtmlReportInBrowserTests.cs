using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting.Reports;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting.Reports;

/// <summary>The report in a real browser: what it asks for, how it lies on the page, whether it can be read.</summary>
public sealed class HtmlReportInBrowserTests
{
    /// <summary>Contrast of texts that WCAG 2.1 asks for at level AA.</summary>
    private const double LeastContrast = 4.5;

    /// <summary>A sheet of A4 less the margins, in pixels of 1/96 inch.</summary>
    private const int SheetWidth = 688;

    private TemporaryFolder _files = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    [OneTimeSetUp]
    public async Task StartBrowser()
    {
        string? chromium = Requirements.PathOf("chromium");
        if (chromium is null)
        {
            Requirements.Missing("a browser: install chromium");
        }

        _files = new TemporaryFolder();
        _files.Write("hostile.html", HtmlReport.ToHtml(ReportedResult.Hostile));
        _files.Write("preset.html", HtmlReport.ToHtml(PowerAnalysis.Run(
            Presets.Find("valor-ole")!.Scenario, options: new RunOptions { Replicates = 30, Seed = 702, CollectEndpoints = true, TrueValues = false })));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox"] });
    }

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            _playwright.Dispose();
        }

        _files?.Dispose();
    }

    [TestCase("hostile.html")]
    [TestCase("preset.html")]
    public async Task Page_Opened_AsksForNothingElseAndReportsNoError(string file)
    {
        var told = new List<string>();
        IPage page = await _browser.NewPageAsync();
        page.Console += (_, message) => told.Add(message.Text);
        page.PageError += (_, error) => told.Add(error);
        page.Dialog += (_, dialog) => told.Add(dialog.Message);
        page.Request += (_, request) => told.Add(request.Url);

        await page.GotoAsync(Address(file));

        Assert.That(told, Is.EqualTo((string[])[Address(file)]));
        await page.CloseAsync();
    }

    [Test]
    public async Task Page_HostileNames_StayTexts()
    {
        IPage page = await Open("hostile.html", 1280);

        Assert.That(await page.Locator("script, img, iframe, object, b").CountAsync(), Is.Zero);
        Assert.That(await page.TextContentAsync("h1"), Is.EqualTo(ReportedResult.HostileName));
        Assert.That(await page.TitleAsync(), Does.StartWith(ReportedResult.HostileName));
        Assert.That(await page.Locator("tbody th").AllTextContentsAsync(), Has.Member(ReportedResult.HostileAnalysis));
        await page.CloseAsync();
    }

    [Test]
    public async Task Page_AnyWidth_DoesNotScrollSideways([Values("hostile.html", "preset.html")] string file)
    {
        IPage page = await Open(file, 1280);
        foreach (int width in (int[])[1280, 768, 375, 320])
        {
            await page.SetViewportSizeAsync(width, 800);

            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        }

        await page.CloseAsync();
    }

    [Test]
    public async Task Figures_OnTheScreen_LieInTheirBoxes([Values(375, 1280)] int width)
    {
        IPage page = await Open("preset.html", width);

        // Of every drawing: its size, and how far its texts stick out of it.
        double[][] drawings = await page.EvaluateAsync<double[][]>("""
            [...document.querySelectorAll('figure svg')].map(svg => {
              const box = svg.getBoundingClientRect();
              let out = 0;
              for (const text of svg.querySelectorAll('text')) {
                const t = text.getBoundingClientRect();
                out = Math.max(out, box.left - t.left, t.right - box.right, box.top - t.top, t.bottom - box.bottom);
              }
              return [box.width, box.height, out];
            })
            """);

        Assert.That(drawings, Has.Length.GreaterThan(4));
        Assert.That(drawings.Select(d => d[0]), Is.All.GreaterThan(300));
        Assert.That(drawings.Select(d => d[1]), Is.All.GreaterThan(100));
        Assert.That(drawings.Select(d => d[2]), Is.All.LessThan(1));
        await page.CloseAsync();
    }

    [Test]
    public async Task Figures_TextsOfADrawing_DoNotOverlap()
    {
        IPage page = await Open("preset.html", 1280);

        string[] overlaps = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('figure svg')].flatMap(svg => {
              const texts = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
              return texts.flatMap(([a, p], i) => texts.slice(i + 1)
                .filter(([, q]) => Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1.5 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 4.5)
                .map(([b]) => svg.querySelector('title').textContent + ': ' + a + ' | ' + b));
            })
            """);

        Assert.That(overlaps, Is.Empty);
        await page.CloseAsync();
    }

    [Test]
    public async Task Texts_LightAndDark_HaveContrast([Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme)
    {
        IPage page = await Open("hostile.html", 1280, scheme);

        string[] colours = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('body *:not(svg, svg *)')]
              .filter(e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim()))
              .map(e => {
                let under = e;
                while (under && getComputedStyle(under).backgroundColor === 'rgba(0, 0, 0, 0)') under = under.parentElement;
                return getComputedStyle(e).color + '/' + (under ? getComputedStyle(under).backgroundColor : 'none');
              })
            """);

        // One colour of text, or one ground, would mean that the scheme has not been applied.
        Assert.That(colours.Distinct().Count(), Is.GreaterThan(3));
        Assert.That(colours.Distinct().Where(c => Contrast.Of(c) < LeastContrast), Is.Empty);
        double ground = Contrast.Luminance(await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.That(ground, scheme == ColorScheme.Dark ? Is.LessThan(0.1) : Is.GreaterThan(0.9));
        await page.CloseAsync();
    }

    [Test]
    public async Task Keyboard_FirstTab_ShowsTheSkipLinkWhichLeadsToTheResults()
    {
        IPage page = await Open("hostile.html", 1280);

        await page.Keyboard.PressAsync("Tab");
        double left = await page.EvaluateAsync<double>("document.activeElement.getBoundingClientRect().left");
        await page.Keyboard.PressAsync("Enter");

        Assert.That(left, Is.GreaterThanOrEqualTo(0));
        Assert.That(page.Url, Does.EndWith("#main"));
        await page.CloseAsync();
    }

    [Test]
    public async Task Print_Sheet_HoldsEverythingAndIsLight([Values("hostile.html", "preset.html")] string file)
    {
        IPage page = await Open(file, SheetWidth, ColorScheme.Dark);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        // Another medium may take the browser a moment.
        await page.WaitForFunctionAsync("matchMedia('print').matches");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(SheetWidth));
        string[] cut = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('table, figure svg, pre')]
              .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.textContent.slice(0, 60))
            """);
        Assert.That(cut, Is.Empty);
        Assert.That(await page.EvaluateAsync<double>("document.querySelector('details pre').getBoundingClientRect().height"), Is.GreaterThan(100));
        Assert.That(Contrast.Luminance(await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).getPropertyValue('--page')")), Is.EqualTo(1));
        await page.CloseAsync();
    }

    [Test]
    public async Task Print_Pdf_HasSeveralPages()
    {
        IPage page = await Open("preset.html", 1280);

        byte[] pdf = await page.PdfAsync();

        Assert.That(Encoding.Latin1.GetString(pdf, 0, 5), Is.EqualTo("%PDF-"));
        Assert.That(Regex.Count(Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b"), Is.GreaterThan(3));
        await page.CloseAsync();
    }

    private async Task<IPage> Open(string file, int width, ColorScheme scheme = ColorScheme.Light)
    {
        IPage page = await _browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
        });
        await page.GotoAsync(Address(file));
        return page;
    }

    private string Address(string file) => new Uri(_files.At(file)).AbsoluteUri;
}
