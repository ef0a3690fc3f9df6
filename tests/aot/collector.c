/* Tells callgrind when to count. Without callgrind these do nothing. */
#include <valgrind/callgrind.h>

int collector_is_present(void) { return RUNNING_ON_VALGRIND != 0; }

void collector_start(void)
{
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
}

void collector_stop(const char *stage)
{
    CALLGRIND_DUMP_STATS_AT(stage);
    CALLGRIND_STOP_INSTRUMENTATION;
}
