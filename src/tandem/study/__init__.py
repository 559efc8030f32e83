"""Study: one scenario opened for questions, and its paired comparison with the others.

What it answers: paths and measures of a scenario at given draws and seed, differences between
scenarios on the same draws, and what a notebook records.

What it leaves out: figures (`tandem.charts`), running many notebooks (`tandem.batch`), pages
(`tandem.site`).

Who may import it: charts, batch, site, cli and notebooks. Its sibling `tandem.calibration` may not.
"""
