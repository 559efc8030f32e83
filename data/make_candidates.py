"""Makes candidates.csv: invented candidates with scores from 0 to 100 for the two job profiles.

What is true of them, so that what a page finds can be held against it: each skill is normal with
mean 60 and standard deviation 14 among applicants, rounded and cut to 0..100, and any two skills of
a person correlate .3 (one factor in common). Business skills and general skills do not differ in
that. Twelve apply to be brand manager, twenty-four to be field representative, four for both.

    python data/make_candidates.py    # writes candidates.csv beside it, the same bytes each time
"""

import csv
import io
from pathlib import Path

import numpy as np
from scipy.special import ndtri

from tandem.randomness import key, uniform

SEED = 2026
MEAN, DEVIATION, CORRELATION = 60.0, 14.0, 0.3
MANAGER, REP = "brand_manager_new_energy", "field_rep_mother_and_baby"
GENERAL = ("resilience", "communication", "across_departments")
SKILLS = {
    MANAGER: ("consumer_insight", "data_driven_thinking", "policy_and_technology", *GENERAL),
    REP: ("channel_resources", "selling", "product_knowledge", *GENERAL),
}
APPLICATIONS = ([MANAGER],) * 12 + ([REP],) * 24 + ([MANAGER, REP],) * 4


def candidates() -> str:
    """The file's text: a row a candidate, blank where a skill is not asked for."""
    skills = list(dict.fromkeys(name for names in SKILLS.values() for name in names))
    numbers = np.arange(len(APPLICATIONS))
    own = key("candidates", SEED)
    common = ndtri(uniform(own, 0, 0, 0, numbers))
    apart = ndtri(uniform(own, 0, 1, np.arange(len(skills)), numbers))
    z = np.sqrt(CORRELATION) * common + np.sqrt(1.0 - CORRELATION) * apart
    scores = np.clip(np.rint(MEAN + DEVIATION * z), 0.0, 100.0).astype(int)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["candidate", "applies_for", *skills])
    for number, profiles in enumerate(APPLICATIONS):
        asked = {name for profile in profiles for name in SKILLS[profile]}
        row = [scores[k, number] if name in asked else "" for k, name in enumerate(skills)]
        writer.writerow([f"C{number + 1:02}", " ".join(profiles), *row])
    return out.getvalue()


if __name__ == "__main__":
    Path(__file__).with_name("candidates.csv").write_text(candidates(), "utf-8")
