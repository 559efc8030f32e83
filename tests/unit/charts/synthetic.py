"""A study made of plain arithmetic: the variables and measures that figures read, and no model."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np
import pandas as pd
import xarray as xr

from tandem import units

DRAWS = 64

MARKETS = ("core", "lower_tier", "short_video")
POSITIONS = (
    ("field_rep", "core", 155),
    ("field_rep", "lower_tier", 0),
    ("channel_manager", "core", 12),
    ("service_agent", "company", 30),
    ("recruiter", "company", 4),
)
SOURCES = ("organic", "search", "livestream")
LINES = ("revenue", "cogs", "pay", "social", "hiring", "training", "severance")

LABELS = {
    "core": ("Core cities", "核心城市"),
    "lower_tier": ("Lower-tier cities", "下沉市场"),
    "short_video": ("Short-video commerce", "短视频电商"),
    "company": ("Company", "公司"),
    "field_rep": ("Field representative", "地推代表"),
    "channel_manager": ("Channel manager", "渠道经理"),
    "service_agent": ("Service agent", "客服"),
    "recruiter": ("Recruiter", "招聘专员"),
    "organic": ("Organic", "自然流量"),
    "search": ("Search", "搜索"),
    "livestream": ("Livestream", "直播"),
    "revenue": ("Revenue", "收入"),
    "cogs": ("Cost of goods", "商品成本"),
    "pay": ("Pay", "薪酬"),
    "social": ("Social insurance", "社保"),
    "hiring": ("Hiring", "招聘"),
    "training": ("Training", "培训"),
    "severance": ("Severance", "离职补偿"),
}

#: name: (label en, label zh, parent, outlooks, shift of net present value, chances of the targets)
SCENARIOS = {
    "do-nothing": ("Do nothing", "维持现状", None, (), 0.0, (0.04, 0.02)),
    "expansion": ("Lower-tier expansion", "下沉扩张", None, (), 17e6, (0.62, 0.66)),
    "late": ("Expansion, told late", "扩张，告知过晚", None, (), 6e6, (0.12, 0.05)),
    "do-nothing-price-war": (
        "Do nothing, price war", "维持现状，价格战", "do-nothing", ("price-war",), -30e6, (0.0, 0.0),
    ),
    "expansion-price-war": (
        "Expansion, price war", "扩张，价格战", "expansion", ("price-war",), -20e6, (0.3, 0.4),
    ),
}  # fmt: skip


def _assumption(path: str, en: str, zh: str, unit: str, low: float, high: float) -> dict:
    return {
        "path": path, "label": {"en": en, "zh": zh}, "where": {"en": "", "zh": ""}, "unit": unit,
        "uncertain": low < high, "p10": low, "p90": high, "low": 0.0, "high": 4 * high,
        "evidence": "judgement",
    }  # fmt: skip


REGISTER = [
    _assumption("demand.switching", "Switching rate", "换牌率", "1/month", 0.006, 0.017),
    _assumption("markets.core.returns", "Returns", "退货率", "share", 0.04, 0.06),
    _assumption("markets.core.price", "Price over 2026", "价格", "1", 1.0, 1.0),
    _assumption("roles.field_rep.ramp", "Ramp-up time", "上手时间", "month", 1.7, 2.9),
]


@dataclass
class SyntheticStudy:
    """The face of `tandem.study.Study` that figures use."""

    scenario: str = "expansion"
    language: str = "en"
    draws: int = DRAWS
    scenarios: tuple[str, ...] = tuple(SCENARIOS)
    settings: SimpleNamespace = field(
        default_factory=lambda: SimpleNamespace(reference="do-nothing", deadline="2026-10-01")
    )
    moved: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        en, zh, parent, outlooks, self._shift, self._chances = SCENARIOS[self.scenario]
        self.entry = SimpleNamespace(label={"en": en, "zh": zh}, parent=parent, outlooks=outlooks)
        self.label = self.entry.label[self.language]
        self.results = dataset(self.scenario, self.draws)
        self.assumptions = SimpleNamespace(
            layers=[
                SimpleNamespace(kind="levers", label=SimpleNamespace(en="Grow", zh="扩张")),
                *(
                    SimpleNamespace(
                        kind="outlooks", label=SimpleNamespace(en="Price war", zh="价格战")
                    )
                    for _outlook in outlooks
                ),
            ],
            register=lambda: REGISTER,
        )

    def of(self, scenario: str) -> "SyntheticStudy":
        return SyntheticStudy(
            scenario, self.language, self.draws, self.scenarios, self.settings, self.moved
        )

    def draws_of(self, measure: str) -> np.ndarray:
        luck = np.random.default_rng(5).normal(size=self.draws)
        own = np.random.default_rng(len(self.scenario)).normal(size=self.draws)
        rank = np.argsort(np.argsort(luck)) / self.draws
        values = {
            "npv": 110e6 + 40e6 * luck + 4e6 * own + self._shift,
            "sales_2027": 330e6 * (1 + self._shift / 200e6) + 20e6 * luck,
            "sales_2026": np.full(self.draws, 275e6),
            "sales_target_met": (rank >= 1 - self._chances[0]).astype(float),
            "customers_target_met": (rank >= 1 - self._chances[1]).astype(float),
            "both_targets_met": (rank >= 1 - min(self._chances)).astype(float),
            "cash_kept": np.ones(self.draws),
            "ruined": np.zeros(self.draws),
            "people_cost_2027": 40e6 + self._shift / 10 + 1e5 * luck,
            "media_2027": 20e6 + self._shift / 20 + 1e5 * luck,
            "lost_sales_no_people": 5e6 - self._shift / 10 + 1e5 * luck,
        }
        return np.asarray(self.moved.get((self.scenario, measure), values[measure]), dtype=float)


def dataset(scenario: str, draws: int) -> xr.Dataset:
    """Paths of a scenario, smooth in time and scattered over the draws."""
    months = units.HORIZON
    luck = 1 + 0.1 * np.random.default_rng(3).normal(size=draws)
    t = np.arange(months, dtype=float)
    growth = SCENARIOS[scenario][4] > 0
    start = np.clip((t - 4) / 12, 0, 1) if growth else np.zeros(months)
    scale = np.stack([1 + 0.004 * t, 0.4 * start, 0.12 * (1 + 0.01 * t)], axis=1)
    market = scale[:, :, None] * luck

    heads = np.array([float(n) for _r, _p, n in POSITIONS])[:, None]
    new = np.array([0.0, 170.0, 0.0, 4.0, 1.0])[:, None]
    stock = (heads + new * start)[..., None] * np.ones(draws)
    stock = np.rint(np.moveaxis(stock, 1, 0) * (1 + 0.02 * (luck - 1)))
    opened = np.zeros_like(stock)
    opened[1:5, 1] = 40.0 if growth else 0.0
    opened[::3, 0] = 4.0
    opened[::6, 3] = 1.0

    def markets(size: float) -> tuple[tuple[str, ...], np.ndarray]:
        return ("month", "market", "draw"), size * market

    def positions(values: np.ndarray) -> tuple[tuple[str, ...], np.ndarray]:
        return ("month", "position", "draw"), values

    by_source = np.array([0.5, 0.3, 0.2])[:, None] * 60_000 * market[:, :, None, :]
    lines = np.array([30e6, -11e6, -2.2e6, -0.7e6, -0.1e6, -0.05e6, -0.01e6])
    return xr.Dataset(
        {
            "sales": markets(25e6),
            "customers": markets(3e5),
            "leads": markets(60_000),
            "served": markets(50_000),
            "new_customers": markets(9_000),
            "lost_no_demand": markets(41_000),
            "lost_no_people": markets(900),
            "media_spend": markets(2e6),
            "credit_drawn": (("month", "draw"), 2e6 * np.outer(t > 5, luck)),
            "free_cash_flow": (
                ("month", "draw"),
                np.outer(np.where(growth & (t < 6), -1e6, 3e6 + 1e6 * growth), luck),
            ),
            "leads_by_source": (("month", "market", "source", "draw"), by_source),
            "heads": positions(stock),
            "required_heads": positions(stock * 1.1),
            "ramped_heads": positions(stock * 0.85),
            "requisitions": positions(opened),
            "open_requisitions": positions(opened * 2),
            "hires": positions(opened * 0.9),
            "leavers": positions(stock * 0.025),
            "attainment": positions(np.ones_like(stock) * luck),
            "pay_fixed": positions(stock * 8_000),
            "pay_variable": positions(stock * 3_000 * luck),
            "ledger": (("month", "line", "draw"), lines[:, None] * np.ones((months, 1, 1)) * luck),
        },
        coords={
            "month": [units.month_label(i) for i in range(months)],
            **_labelled("market", "market", MARKETS),
            "position": [f"{role}@{place}" for role, place, _n in POSITIONS],
            **_labelled("role", "position", [role for role, _p, _n in POSITIONS]),
            **_labelled("place", "position", [place for _r, place, _n in POSITIONS]),
            **_labelled("source", "source", SOURCES),
            **_labelled("line", "line", LINES),
        },
    )


def _labelled(name: str, dimension: str, keys: tuple[str, ...] | list[str]) -> dict:
    return {
        name: (dimension, list(keys)),
        f"{name}_label_en": (dimension, [LABELS[key][0] for key in keys]),
        f"{name}_label_zh": (dimension, [LABELS[key][1] for key in keys]),
    }


def months() -> pd.DatetimeIndex:
    """First days of the simulated months."""
    return pd.DatetimeIndex([units.month_label(t) for t in range(units.HORIZON)])
