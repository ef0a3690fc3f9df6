/* Kernel of the VALOR calibration model.
 *
 * One call handles one stratum x arm.  The disease clock A, the treatment
 * effect E and the flat-start offset are the same for everybody in an arm, so
 * the caller passes them as weekly vectors (week 0 .. nweek); the loops here
 * run over participants.
 */
#include <math.h>

/* Latent score without the flat-start offset at disease age a (months):
 * straight line down to 12 points, exponential approach to 0 below that. */
static double natural_score(double y0, double r, double a)
{
    double y = y0 - r * a;
    if (y >= 12.0 || r <= 0.0) return y;
    double a12 = (y0 - 12.0) / r;
    if (a12 < 0.0)                       /* never used: baseline is >= 15 */
        return y0 * exp(-r * a / 12.0);
    return 12.0 * exp(-r * (a - a12) / 12.0);
}

/* Mean and SD of the latent change from baseline at selected weeks. */
void latent_change(int *n, double *y0, double *r, int *nsel,
                   double *a, double *offset, double *mean, double *sd)
{
    for (int k = 0; k < *nsel; k++) {
        double s = 0.0, ss = 0.0;
        for (int i = 0; i < *n; i++) {
            double d = natural_score(y0[i], r[i], a[k]) - y0[i];
            s += d;
            ss += d * d;
        }
        mean[k] = s / *n + offset[k];
        sd[k] = sqrt((ss - s * s / *n) / (*n - 1));
    }
}

static double observed(double latent, double noise)
{
    double v = floor(latent + noise + 0.5);
    return v < 0.0 ? 0.0 : (v > 48.0 ? 48.0 : v);
}

/* SD over everybody of the observed change between baseline and one week. */
void observed_sd(int *n, double *y0, double *r, double *a, double *offset,
                 double *residual, double *z0, double *z1, double *sd)
{
    double s = 0.0, ss = 0.0;
    for (int i = 0; i < *n; i++) {
        double y = natural_score(y0[i], r[i], *a) + *offset;
        double d = observed(y, *residual * z1[i])
                 - observed(y0[i], *residual * z0[i]);
        s += d;
        ss += d * d;
    }
    *sd = sqrt((ss - s * s / *n) / (*n - 1));
}

/* Net survival of the composite event, averaged over participants.
 *   haz = lambda0, exponent a, score coefficient b, stratum multiplier
 *   clock, effect, offset: weekly vectors of length nweek + 1
 *   surv: mean of exp(-cumulative hazard) at weeks 0 .. nweek
 * If simulate is 1 an event time is also drawn for every participant from
 * the unit-exponential deviates in expo (time = nweek + 1 means no event). */
void composite(int *n, double *y0, double *r, int *nweek, double *clock,
               double *effect, double *offset, double *haz, double *surv,
               int *simulate, double *expo, double *time)
{
    int nw = *nweek;
    double lambda0 = haz[0], ea = haz[1], b = haz[2], mult = haz[3];
    for (int k = 0; k <= nw; k++) surv[k] = 0.0;
    for (int i = 0; i < *n; i++) {
        double scale = lambda0 * mult, cum = 0.0, prev = 0.0;
        double lastrate = -1.0, power = 0.0;
        int drawn = 0;
        for (int k = 0; k <= nw; k++) {
            double rate = r[i] * (1.0 - effect[k]);
            if (rate < 0.05) rate = 0.05;
            if (rate > 6.0) rate = 6.0;
            if (rate != lastrate) { power = pow(rate, ea); lastrate = rate; }
            double y = natural_score(y0[i], r[i], clock[k]) + offset[k];
            double h = scale * power * exp(-b * (y - 36.0));
            if (k > 0) {
                double step = 0.5 * (h + prev);
                if (*simulate && !drawn && cum + step >= expo[i]) {
                    time[i] = k - 1 + (expo[i] - cum) / step;
                    drawn = 1;
                }
                cum += step;
            }
            prev = h;
            surv[k] += exp(-cum);
        }
        if (*simulate && !drawn) time[i] = nw + 1.0;
    }
    for (int k = 0; k <= nw; k++) surv[k] /= *n;
}
