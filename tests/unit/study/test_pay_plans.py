"""Pay plans of a scenario: which of them anybody is on."""

from tests.fixtures.simulations import assumptions

from tandem.study.pay_plans import idle_plans


def test_a_plan_is_idle_where_no_position_is_on_it_in_any_month() -> None:
    """What nobody is paid by moves nothing: a lever that moves a position onto a plan takes it up."""
    assert idle_plans(assumptions("lower-tier-expansion")) == {"options_and_bonus"}
    assert idle_plans(assumptions("lower-tier-options-and-bonus")) == frozenset()
    later = "roles.analyst.places.company.plan@2028-01=options_and_bonus"
    assert idle_plans(assumptions("lower-tier-expansion", later)) == frozenset()
