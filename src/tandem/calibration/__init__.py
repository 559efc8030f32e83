"""Calibration: from a company's data to estimates with their uncertainty.

What it answers: what the data say about a parameter, written back as an assumption with evidence
"measured".

What it leaves out: the laws themselves, and the files that an estimate is written to.

Who may import it: charts, batch, site and cli. Its siblings `tandem.study` and
`tandem.manpower` may not.
"""
