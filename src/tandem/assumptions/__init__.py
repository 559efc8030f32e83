"""Assumptions: from YAML files to checked estimates, resolved scenarios and drawn inputs.

What it answers: what is assumed, in which unit, from which source, set by which file and line; and
the arrays of draws that the model receives.

What it leaves out: the model's laws, and anything computed from a run.

Who may import it: study, calibration, manpower, charts, batch, site and cli. Its sibling
`tandem.results` may not.
"""
