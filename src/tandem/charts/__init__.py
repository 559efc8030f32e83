"""Charts: one house style, one module per family of figures, and tables.

What it answers: how a result is shown, with title, finding, text for those who cannot see the
figure, and the figure's data.

What it leaves out: computing results. matplotlib is imported here and nowhere below.

Who may import it: batch, site, cli and notebooks.
"""
