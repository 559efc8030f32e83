"""Calibration: from a company's data to estimates with their uncertainty.

What it answers: what the data say about a parameter, written back as an assumption with evidence
"measured".

What it leaves out: the laws themselves. No estimator is here yet: the layer keeps its place so
that the import rule already holds for it.

Who may import it: charts, batch, site and cli. Its sibling `tandem.study` may not.
"""
