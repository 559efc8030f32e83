"""Uncertainty: which input decides an outcome, where it turns, and what knowing it is worth.

What it answers: tornado and Sobol indices, a response surface, switch points, the box in which an
outcome is missed, and the value of information; all of arrays, whatever model made them.

What it leaves out: the simulation, the company's assumptions, and words.

Who may import it: study, charts, batch, site and cli. Its neighbours below `study` may not.
"""
