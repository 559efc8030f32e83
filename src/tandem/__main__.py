"""Starts the command line: `python -m tandem`.

What it answers: nothing of its own. What it leaves out: everything (`tandem.cli`). Who may import
it: nobody.
"""

from tandem.cli import main

if __name__ == "__main__":
    main()
