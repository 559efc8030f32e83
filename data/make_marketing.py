"""Write the marketing records of the worked example: invented, with a known truth.

    python data/make_marketing.py

choice_survey.csv, weekly_marketing.csv, lift_tests.csv, category_adopters.csv, competitor_prices.csv,
interviews.csv, offers.csv and product_ideas.csv. The truth stands in the constants below and in
data/README.md. The same seeds give the same bytes.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

WEEKS_PER_YEAR = 52

# ---- choice survey: utility of an offer -----------------------------------------------------------
SURVEY_SEED = 1
RESPONDENTS, TASKS, OFFERS = 240, 6, 3
PRICE_EFFECT = -4.0  # utility a log point of price over reference
TRUST_EFFECT = 0.45  # a point of the brand's image, "I trust it", 1 to 5 in the respondent's eyes
BRANDS = {"national_brand": 0.0, "ours": -0.2, "regional_brands": -0.5}
DELIVERY = {"in_three_days": 0.0, "next_day": 0.35}
SERVICE = {"none": 0.0, "hotline": 0.25, "personal_adviser": 0.7}
PRICES = (0.85, 0.95, 1.0, 1.1, 1.25)  # over reference
TRUST_MEAN = {"national_brand": 3.8, "ours": 3.3, "regional_brands": 2.9}
SURVEY_COLUMNS = (
    *("respondent", "task", "alternative", "chosen", "log_price", "brand", "trust", "delivery"),
    "service",
)

# ---- weekly sales and spend ------------------------------------------------------------------------
WEEKLY_SEED = 1
WEEKS = 156
FIRST_WEEK = date(2023, 10, 2)  # a Monday; the last week ends on 27 September 2026
BASE_SALES, TREND_A_YEAR, SEASON = 3.7e6, 0.05, 0.08  # CNY a week; shares
PROMOTION_EFFECT = 0.22  # of base sales, in a week with a festival of the platforms
NOISE_SD = 0.05  # of base sales
COMMON_SD, OWN_SD = 0.20, 0.12  # weekly steps of log spend: campaigns move all touchpoints together
HALF_LIFE, HALF_POINT, SLOPE = 3.0, 1.3, 1.15  # weeks; over REFERENCE; Hill's
REFERENCE = {"search_ads": 189e3, "social_content": 133e3, "short_video": 131e3, "events": 97e3}
EFFECT = {"search_ads": 1.1e6, "social_content": 0.6e6, "short_video": 0.9e6, "events": 0.35e6}
TESTED_WEEKS, TESTED_CHANGE, TEST_ERROR = 8, 0.8, 0.1  # spend up by 80 %; error over the truth

# ---- the category's first purchases -----------------------------------------------------------------
CATEGORY_SEED = 1
QUARTERS, FIRST_QUARTER = 24, (2020, 4)  # until the third quarter of 2026
BASS_P, BASS_Q, POOL = 0.0075, 0.105, 30e6  # a quarter, a quarter, people
CATEGORY_NOISE = 9e3
PRICE_SLOWS = 0.6  # pace of diffusion a log point of the category's price

# ---- competitors' prices ---------------------------------------------------------------------------
PRICES_SEED = 4
MARKETS = ("core", "short_video")
PRICE_LEVEL = {
    "national_brand": 1.02,
    "regional_brands": 0.88,
}  # over reference, mean of 24 months
PRICE_DRIFT = {"national_brand": 0.0, "regional_brands": -0.03}  # log a year
PRICE_SD, FESTIVAL_CUT = 0.01, 0.06

# ---- interviews -------------------------------------------------------------------------------------
INTERVIEWS_SEED = 2
INTERVIEWS = 48
SEGMENTS = ("core", "lower_tier")
SHARES = {  # of people who name a theme, by segment
    "price": (0.45, 0.62), "trust_in_brand": (0.50, 0.40), "adviser_wanted": (0.35, 0.18),
    "delivery_speed": (0.30, 0.12), "gift_packaging": (0.15, 0.22), "friend_recommended": (0.20, 0.45),
}  # fmt: skip

# ---- what is offered today, ours first, and what we could build: judgements ---------------------------
OFFERS_TODAY = (
    ("ours", "in_three_days", "none"), ("national_brand", "next_day", "hotline"),
    ("regional_brands", "in_three_days", "none"),
)  # fmt: skip
#: Name, English, Chinese, attribute, what it is set to or raised by, cost a customer won, CNY.
IDEAS = (
    ("next_day", "Next-day delivery", "次日达", "delivery=next_day", 1.0, 14),
    ("hotline", "Service hotline", "服务热线", "service=hotline", 1.0, 12),
    ("adviser", "Personal adviser", "专属顾问", "service=personal_adviser", 1.0, 45),
    ("trust", "Certification and customer cases: trust up by .3", "认证与客户案例：信任提高0.3分", "trust", 0.3, 20),
    ("price_cut", "Price 5 % lower", "降价5%", "log_price", -0.0513, 50),
)  # fmt: skip


def choices(seed: int) -> list[tuple[object, ...]]:
    """Rows of SURVEY_COLUMNS: three offers of the three brands a task, one of them taken."""
    random = np.random.default_rng(seed)
    rows = []
    for person in range(1, RESPONDENTS + 1):
        trust = {b: int(np.clip(np.round(random.normal(TRUST_MEAN[b], 0.9)), 1, 5)) for b in BRANDS}
        for task in range(1, TASKS + 1):
            brands = [str(b) for b in random.permutation(list(BRANDS))[:OFFERS]]
            price = np.log(random.choice(PRICES, OFFERS))
            delivery = [str(d) for d in random.choice(list(DELIVERY), OFFERS)]
            service = [str(s) for s in random.choice(list(SERVICE), OFFERS)]
            utility = PRICE_EFFECT * price + [
                BRANDS[b] + TRUST_EFFECT * trust[b] + DELIVERY[d] + SERVICE[s]
                for b, d, s in zip(brands, delivery, service, strict=True)
            ]
            taken = int(np.argmax(utility + random.gumbel(size=OFFERS)))
            for k in range(OFFERS):
                key = f"R{person:03d}", task, k + 1, int(k == taken), f"{price[k]:.4f}"
                rows.append((*key, brands[k], trust[brands[k]], delivery[k], service[k]))
    return rows


def hill(stock: np.ndarray) -> np.ndarray:
    """The true saturation of stock over reference."""
    power = (stock / HALF_POINT) ** SLOPE
    return power / (1.0 + power)


def carried(spend: np.ndarray, before: np.ndarray) -> np.ndarray:
    """The true adstock, week by week, from ``before``."""
    kept = 0.5 ** (1.0 / HALF_LIFE)
    stock, level = np.empty_like(spend), before
    for week, flow in enumerate(spend):
        level = kept * level + (1.0 - kept) * flow
        stock[week] = level
    return stock


def walk(random: np.random.Generator, weeks: int, columns: int, spread: float) -> np.ndarray:
    """Logs that wander around 0 week by week, (week, column)."""
    steps, level = random.normal(0.0, spread, (weeks, columns)), np.zeros(columns)
    for week in range(weeks):
        level = 0.7 * level + steps[week]
        steps[week] = level
    return steps


def promoted(week: date) -> bool:
    """Whether a big festival of the platforms falls into the week: 618 or Double 11."""
    days = [week + timedelta(days=d) for d in range(7)]
    return any((day.month, day.day) in ((6, 18), (11, 11)) for day in days)


def weekly(seed: int) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Rows of weekly records, and of lift tests of the two largest touchpoints.

    A year of spend lies before the records, so that they begin with a stock that nobody wrote down.
    """
    random = np.random.default_rng(seed)
    names, total = list(REFERENCE), WEEKS + WEEKS_PER_YEAR
    flights = np.repeat(random.choice([0.4, 1.0, 1.5], total // 4 + 1), 4)[:total]
    common, own = walk(random, total, 1, COMMON_SD), walk(random, total, len(names), OWN_SD)
    spend = flights[:, None] * np.exp(common + own)
    reference, effect = np.array(list(REFERENCE.values())), np.array(list(EFFECT.values()))
    spend = np.round(spend / spend.mean(axis=0) * reference)
    stock = carried(spend / reference, spend.mean(axis=0) / reference)[-WEEKS:]
    week = np.arange(WEEKS)
    first = [FIRST_WEEK + timedelta(weeks=int(w)) for w in week]
    base = 1.0 + TREND_A_YEAR * week / WEEKS_PER_YEAR
    base = base + SEASON * np.cos(2.0 * np.pi * (week - 6.0) / WEEKS_PER_YEAR)
    promotion = np.array([promoted(day) for day in first], dtype=float)
    noise = random.normal(0.0, NOISE_SD, WEEKS)
    sales = BASE_SALES * (base + PROMOTION_EFFECT * promotion + noise) + hill(stock) @ effect
    shown = spend[-WEEKS:].astype(int)
    rows: list[tuple[object, ...]] = [
        (first[w].isoformat(), round(float(sales[w])), int(promotion[w]), *shown[w].tolist())
        for w in range(WEEKS)
    ]
    tests: list[tuple[object, ...]] = []
    for j in np.argsort(-effect)[:2]:
        usual = np.full((TESTED_WEEKS, 1), 1.0)
        raised = carried(usual * (1.0 + TESTED_CHANGE), np.ones(1))
        truth = float(effect[j] * (hill(raised) - hill(usual)).sum())
        error = TEST_ERROR * truth
        found = truth + error * random.normal()
        at = reference[j], TESTED_CHANGE * reference[j]
        tests.append((names[j], TESTED_WEEKS, *(round(x) for x in at), round(found), round(error)))
    return rows, tests


def adopters(seed: int) -> list[tuple[object, ...]]:
    """Quarter, first purchases of the category in it, and the category's price over the last one's."""
    random = np.random.default_rng(seed)
    price = np.exp(np.linspace(0.25, 0.0, QUARTERS) + random.normal(0.0, 0.06, QUARTERS))
    price = np.round(price / price[-1], 3)
    ends = np.append(0.0, np.cumsum(1.0 - PRICE_SLOWS * np.log(price)))
    decay = np.exp(-(BASS_P + BASS_Q) * ends)
    curve = POOL * np.diff((1.0 - decay) / (1.0 + BASS_Q / BASS_P * decay))
    seen = np.maximum(np.round(curve + random.normal(0.0, CATEGORY_NOISE, QUARTERS)), 0.0)
    rows = []
    for t in range(QUARTERS):
        year, place = divmod(FIRST_QUARTER[0] * 4 + FIRST_QUARTER[1] - 1 + t, 4)
        rows.append((f"{year}-Q{place + 1}", int(seen[t]), f"{price[t]:.3f}"))
    return rows


def competitor_prices(seed: int) -> list[tuple[object, ...]]:
    """Month, competitor, market and price over reference, October 2024 to September 2026."""
    random = np.random.default_rng(seed)
    rows = []
    for t in range(24):
        year, month = 2024 + (9 + t) // 12, (9 + t) % 12 + 1
        cut = FESTIVAL_CUT if month in (6, 11) else 0.0
        for name, level in PRICE_LEVEL.items():
            for market in MARKETS:
                log = np.log(level) + PRICE_DRIFT[name] * (t - 11.5) / 12 - cut
                price = np.exp(log + random.normal(0.0, PRICE_SD))
                rows.append((f"{year}-{month:02d}", name, market, f"{price:.3f}"))
    return rows


def interviews(seed: int) -> list[tuple[object, ...]]:
    """Interview, segment and theme: a row a theme, "none" where nothing was named."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(INTERVIEWS):
        place = number % len(SEGMENTS)
        named = [theme for theme, share in SHARES.items() if random.random() < share[place]]
        rows += [(f"I{number + 1:02d}", SEGMENTS[place], theme) for theme in named or ["none"]]
    return rows


def write(folder: Path) -> None:
    """Write every file as CSV."""
    records, tests = weekly(WEEKLY_SEED)
    test_columns = ("touchpoint", "weeks", "spend", "spend_change", "incremental_sales")
    files: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]] = {
        "choice_survey.csv": (SURVEY_COLUMNS, choices(SURVEY_SEED)),
        "weekly_marketing.csv": (("week", "sales", "promotion", *REFERENCE), records),
        "lift_tests.csv": ((*test_columns, "standard_error"), tests),
        "category_adopters.csv": (("quarter", "adopters", "price"), adopters(CATEGORY_SEED)),
        "competitor_prices.csv": (
            ("month", "competitor", "market", "price"),
            competitor_prices(PRICES_SEED),
        ),
        "interviews.csv": (("interview", "segment", "theme"), interviews(INTERVIEWS_SEED)),
        "offers.csv": (("offer", "delivery", "service"), list(OFFERS_TODAY)),
        "product_ideas.csv": (("idea", "en", "zh", "attribute", "change", "cost"), list(IDEAS)),
    }
    for name, (columns, rows) in files.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)


if __name__ == "__main__":
    write(Path(__file__).parent)
