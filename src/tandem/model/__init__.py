"""The model: the laws of market, people and pay, and the month that calls them in order.

What it answers: given `Inputs` (arrays of parameters and shocks, month first and draw last), what
happens in every month of every draw.

What it leaves out: files, units other than the canonical ones, random draws of parameters, plots.
It imports numpy, scipy, `tandem.units`, `tandem.randomness` and the standard library only.

Who may import it: every layer above (assumptions, results, study, calibration, charts, batch,
site, cli).
"""
