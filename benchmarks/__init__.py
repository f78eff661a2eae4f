"""Speed and size, measured in one run so that the ratios hold on any machine: `python -m benchmarks`."""
