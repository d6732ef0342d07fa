"""pandas' reader for tools/benchmarks/csv.mjs: prints the seconds that a file takes, and the peak of memory in GB, as JSON.

Arguments: file.
"""

import json
import resource
import sys
import time

import pandas

started = time.perf_counter()
table = pandas.read_csv(sys.argv[1])
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
print(json.dumps({"seconds": seconds, "peak": peak, "rows": len(table), "version": pandas.__version__}))
