"""Pay components, one file each: what a plan pays for a month's result.

What it answers: pay per month in money/month, and attainment, for arrays broadcast to
(role, draw).

What it leaves out: which role has which plan (that is an input) and the effect of pay on effort
and leaving (`tandem.model.workforce`).

Who may import it: `tandem.model` and the layers above it.
"""
