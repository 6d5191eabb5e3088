# Scores of speech: for each line of standard input, "RATE REFERENCE FROM HEARD FROM SAMPLES", the PESQ of so many 16-bit samples of the
# second file beside those of the first, each from its sample on; one a line on standard output. Narrow band at 8000, wide at 16000.
import sys

import numpy
from pesq import NoUtterancesError, pesq


def samples(name, start, count):
    heard = numpy.fromfile(name, dtype="<i2", offset=2 * start, count=count)
    return numpy.pad(heard, (0, count - len(heard)))


for line in sys.stdin:
    rate, reference, begin, heard, start, count = line.split("\t")
    try:
        score = pesq(
            int(rate),
            samples(reference, int(begin), int(count)),
            samples(heard, int(start), int(count)),
            "nb" if int(rate) == 8000 else "wb",
        )
    except NoUtterancesError:
        # Nothing is heard: the least that the mapping gives.
        score = 1.0
    print(f"{score:.4f}", flush=True)
