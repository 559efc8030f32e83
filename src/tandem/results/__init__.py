"""Results: a trajectory as a labelled dataset, the registry of measures, and the store.

What it answers: which number is called what, with unit, label, definition and digits; and where a
simulation's arrays are kept and found again by the hash of what made them.

What it leaves out: how assumptions are read, and the comparison of scenarios.

Who may import it: study, calibration, charts, batch, site and cli. Its sibling
`tandem.assumptions` may not.
"""
