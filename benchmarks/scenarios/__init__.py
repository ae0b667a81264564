"""One module for each scenario. It has a docstring and `run(options, folder)`, which prints its results."""
