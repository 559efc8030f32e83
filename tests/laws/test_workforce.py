"""Laws of people: who leaves, who is productive, how good they are."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row, share, shares

from tandem.model import culture, training, workforce

heads_row = row(0.0, 1e4)


@given(value=row(-3.0, 3.0), mood=row(-3.0, 3.0), by_pay=number(0.0, 8.0), by_mood=number(0.0, 8.0))
def test_nothing_more_than_triples_leaving_or_cuts_it_to_a_third(value, mood, by_pay, by_mood):
    """Pay and mood move leaving within limits: people also leave for reasons of their own."""
    found = workforce.leaving_multiplier(value, mood, np.full(3, by_pay), np.full(3, by_mood))
    assert (found >= 1.0 / 3.0 - 1e-12).all() and (found <= 3.0 + 1e-12).all()


@given(
    value=row(-1.0, 1.0),
    mood=row(-1.0, 1.0),
    by_pay=number(0.0, 8.0),
    by_mood=number(0.0, 8.0),
    more=number(0.0, 1.0),
)
def test_better_pay_and_better_mood_never_drive_people_away(value, mood, by_pay, by_mood, more):
    """Raising pay value or engagement never raises leaving; at those of 2026 nothing moves."""
    effects = np.full(3, by_pay), np.full(3, by_mood)
    now = workforce.leaving_multiplier(value, mood, *effects)
    assert (workforce.leaving_multiplier(value + more, mood, *effects) <= now * (1 + 1e-12)).all()
    assert (workforce.leaving_multiplier(value, mood + more, *effects) <= now * (1 + 1e-12)).all()
    assert (workforce.leaving_multiplier(np.zeros(3), np.zeros(3), *effects) == 1.0).all()


@given(hazard=row(0.0, 2.0, 2, 3), bands=row(0.05, 10.0, 4, 3), multiplier=row(1 / 3, 3.0, 2, 3))
def test_no_more_than_everybody_leaves(hazard, bands, multiplier):
    """A hazard becomes a probability: however high, nobody leaves twice in a month."""
    found = workforce.leaving_probability(hazard, bands, multiplier)
    assert found.shape == (4, 2, 3)
    assert (found >= 0.0).all() and (found <= 1.0).all()


@given(spring=number(0.0, 1.5))
def test_the_season_of_leaving_evens_out_over_the_year(spring):
    """People who leave after the bonus do not leave later: the mean log over the year is nought."""
    year = [float(workforce.seasonal_leaving(month, np.array(spring))) for month in range(12)]
    assert sum(year) == pytest.approx(0.0, abs=1e-12)
    assert [month for month in range(12) if year[month] == spring] == (
        [1, 2, 3] if spring > 0 else list(range(12))
    )


@given(
    heads=heads_row,
    learning=shares,
    mentor_share=shares,
    course_share=row(0.0, 0.3),
)
def test_no_more_are_productive_than_are_there(heads, learning, mentor_share, course_share):
    """Ramped heads never exceed heads, and mentoring never takes more time than there is."""
    able = workforce.ramped_heads(heads, heads * learning, mentor_share, course_share)
    assert (able >= 0.0).all() and (able <= heads * (1.0 - learning) + 1e-9).all()


@given(heads=row(1.0, 1e4), learning=shares, mentor_share=number(0.0, 1.0), more=share)
def test_mentoring_costs_the_mentors_time(heads, learning, mentor_share, more):
    """The more time a learner takes, the less the ramped ones produce."""
    none = np.zeros(3)
    less, full = (
        workforce.ramped_heads(heads, heads * learning, np.full(3, value), none)
        for value in (mentor_share, mentor_share + more * (1.0 - mentor_share))
    )
    assert (full <= less + 1e-9).all()


@given(unramped=shares, heads=heads_row, leavers=shares, ramp=row(0.2, 24.0))
def test_learners_only_become_fewer_until_new_ones_join(unramped, heads, leavers, ramp):
    """Without starters, learners ramp up or leave; none appears."""
    learning = unramped * heads
    after = workforce.unramped_next(learning, heads, leavers * heads, ramp)
    assert (after >= 0.0).all() and (after <= learning).all()


@given(
    quality=row(-2.0, 2.0),
    heads=heads_row,
    hires=row(0.0, 1e3),
    hired=row(-2.0, 2.0),
)
def test_quality_of_the_team_is_the_mean_of_its_people(quality, heads, hires, hired):
    """Those who join pull the mean towards their own; quality is conserved in sum."""
    after = workforce.quality_joined(quality, heads, hires, hired)
    total = quality * heads + hired * hires
    assert after * (heads + hires) == pytest.approx(total, rel=1e-9, abs=1e-9)
    somebody = heads + hires > 0
    low, high = np.minimum(quality, hired)[somebody], np.maximum(quality, hired)[somebody]
    assert (after[somebody] >= low - 1e-12).all() and (after[somebody] <= high + 1e-12).all()


@given(quality=row(-2.0, 2.0), heads=row(1.0, 1e4), leaving=row(0.0, 0.9), sorting=row(-2.0, 2.0))
def test_who_leaves_decides_how_good_the_rest_are(quality, heads, leaving, sorting):
    """Where the weaker leave the rest are better; what leavers take is what the mean loses."""
    leavers = heads * leaving
    after = workforce.quality_left(quality, heads, leavers, sorting)
    took = leavers * (quality - sorting)
    assert after * (heads - leavers) == pytest.approx(quality * heads - took, rel=1e-9, abs=1e-6)


@given(ramp=number(0.2, 24.0), hazard=number(0.001, 0.3), months=number(0.1, 120.0))
def test_a_hire_gives_fewer_productive_months_than_it_stays(ramp, hazard, months):
    """Ramp-up costs time; over a longer horizon a hire gives more, and never more than a lifetime."""
    within = workforce.productive_months(ramp, hazard, months)
    assert 0.0 <= within < months
    assert within <= workforce.productive_months(ramp, hazard, months * 2.0)
    assert within <= workforce.productive_months(ramp, hazard) < 1.0 / hazard


@given(moves=row(0.0, 0.3, 3, 3), hires=row(0.0, 100.0, 3))
def test_grades_in_the_end_repeat_themselves(moves, hires):
    """The grades that steady hiring tends to are the same a year later."""
    heads = workforce.grades_in_the_end(moves, hires)
    assert (heads >= -1e-9).all()
    assert heads @ moves + hires == pytest.approx(heads, rel=1e-8, abs=1e-8)


@given(
    mentored=shares,
    usual=shares,
    effect=number(0.0, 0.8),
    cover=row(0.3, 1.3),
    elasticity=number(0.0, 2.0),
    more=number(0.0, 0.5),
)
def test_mentors_and_courses_never_slow_a_learner(mentored, usual, effect, cover, elasticity, more):
    """More mentors or more training never lengthen the ramp; at those of 2026 it is the ramp."""
    ramp = np.full(3, 2.2)

    def months(mentors, courses):
        return training.ramp_time(
            ramp, mentors, usual, np.full(3, effect), courses, np.full(3, elasticity)
        )

    now = months(mentored, cover)
    assert (now > 0.0).all()
    assert (months(mentored + more * (1.0 - mentored), cover) <= now * (1.0 + 1e-12)).all()
    assert (months(mentored, cover + more) <= now * (1.0 + 1e-12)).all()
    assert months(usual, np.ones(3)) == pytest.approx(ramp)


@given(learners=row(1e-6, 1e3), ramped=row(0.0, 1e3))
def test_a_mentor_looks_after_two_at_most(learners, ramped):
    """The mentored share is a share, whole where there are two places a learner could have."""
    found = training.mentored_share(learners, ramped)
    assert (found >= 0.0).all() and (found <= 1.0).all()
    assert (found * learners <= 2.0 * ramped + 1e-9).all()
    assert (found[2.0 * ramped >= learners] == 1.0).all()
    assert (training.mentored_share(np.zeros(3), ramped) == 1.0).all()


@given(cover=row(0.3, 1.3), seats=row(0.0, 1.3), speed=shares)
def test_skills_come_and_fade_at_the_same_speed(cover, seats, speed):
    """Training moves towards what trainers can seat, and no further."""
    after = training.training_next(cover, seats, speed)
    assert (np.abs(after - seats) <= np.abs(cover - seats) + 1e-12).all()


moods = row(-3.0, 3.0, 6, 3)
mood_weights = row(0.0, 2.0, 6)


@given(moods=moods, weights=mood_weights)
def test_engagement_is_moved_within_bounds(moods, weights):
    """No honour and no workload moves engagement by more than its weight; 2026 moves nothing."""
    parts = tuple(np.full(3, w) for w in weights)
    found = culture.engagement_target(culture.engagement_parts(*moods, parts))
    assert (np.abs(found) <= weights.sum() + 1e-12).all()
    assert (
        culture.engagement_target(culture.engagement_parts(*np.zeros((6, 3)), parts)) == 0.0
    ).all()


@given(moods=moods, weights=mood_weights, more=number(0.0, 1.0))
def test_load_envy_and_broken_promises_never_please(moods, weights, more):
    """Workload, pay dispersion and broken promises lower engagement; training, honour, care raise it."""
    parts = tuple(np.full(3, w) for w in weights)
    now = culture.engagement_target(culture.engagement_parts(*moods, parts))
    for k, sign in enumerate((-1, 1, 1, 1, -1, -1)):
        moved = moods.copy()
        moved[k] += more
        change = culture.engagement_target(culture.engagement_parts(*moved, parts)) - now
        assert (sign * change >= -1e-12).all()


@given(moods=row(-1.0, 1.0, 6, 3), gain=row(-0.5, 0.5))
def test_culture_programmes_add_to_engagement_what_they_add(moods, gain):
    """Whatever else moves engagement, a programme's gain over 2026 comes on top."""
    parts = tuple(np.full(3, 0.2) for _ in range(6))
    without = culture.engagement_target(culture.engagement_parts(*moods, parts))
    assert culture.engagement_target(
        culture.engagement_parts(*moods, parts, gain)
    ) == pytest.approx(without + gain)


again = row(0.0, 0.5)
fades = row(0.005, 1.0)
levels = row(0.0, 0.5)


@given(learnt=levels, taught=levels, again=again, fade=fades)
def test_what_was_learnt_fades_and_is_refreshed(learnt, taught, again, fade):
    """A month fades skill and refreshes it towards what is taught, never past it; untaught it fades."""
    after = training.learnt_next(learnt, taught, again, fade)
    kept = learnt * np.exp(-fade)
    assert (after >= np.minimum(kept, taught) - 1e-12).all()
    assert (after <= np.maximum(kept, taught) + 1e-12).all()
    assert training.learnt_next(learnt, taught, 0.0, fade) == pytest.approx(kept)


@given(taught=levels, again=again, fade=fades, faster=number(0.0, 1.0))
def test_faster_fading_never_makes_a_course_worth_more(taught, again, fade, faster):
    """From untaught on, skill is lower in every month where it fades faster."""
    slow, fast = np.zeros(3), np.zeros(3)
    for _ in range(24):
        slow = training.learnt_next(slow, taught, again, fade)
        fast = training.learnt_next(fast, taught, again, fade + faster)
        assert (fast <= slow + 1e-12).all()


@given(learnt=levels, share=shares, taught=levels)
def test_starters_change_the_mean_by_their_share(learnt, share, taught):
    """Nobody joins: nothing changes; all are new: what they were taught on joining."""
    found = training.learnt_joined(learnt, share, taught)
    assert found == pytest.approx((1.0 - share) * learnt + share * taught)


@given(joining=levels, refreshed=levels, again=again, fade=fades, renewal=shares)
def test_learning_settles_where_a_month_changes_nothing(joining, refreshed, again, fade, renewal):
    """The settled level is a fixed point of a month of joining, fading and refreshing."""
    level = training.settled_learning(joining, refreshed, again, fade, renewal)
    joined = training.learnt_joined(level, renewal, joining)
    assert training.learnt_next(joined, refreshed, again, fade) == pytest.approx(level)
