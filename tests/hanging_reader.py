"""A reader of files that never answers, as a C parser may; it ignores whoever asks it to end."""

import signal
import time

signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    time.sleep(60)
