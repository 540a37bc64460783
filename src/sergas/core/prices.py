"""What models cost: the price table, and the price of one model call. No I/O."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import msgspec

from sergas.core.chunks import Usage

_ANY = "*"
_HIGHEST = 10_000
_NANOUSD_PER_MICROUSD = 1000
# A date of release, a pointer to the newest one, and the mark of a long context.
_SUFFIX = re.compile(r"([-@]\d{8}|-latest|\[1m\])$")


class Rates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """US dollars per million tokens; without rates of their own, cached tokens cost as input."""

    input: Decimal
    output: Decimal
    cached_read: Decimal | None = None
    cache_write: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse what is no price."""
        for rate in (self.input, self.output, self.cached_read, self.cache_write):
            if rate is not None and not (rate.is_finite() and 0 <= rate <= _HIGHEST):
                raise ValueError(f"a rate has to be a number from 0 to {_HIGHEST}")

    def cost_nanousd(self, used: Usage) -> int:
        """Return the price of a model call, to the billionth of a dollar."""
        cached, written = used.cached_input_tokens, used.cache_write_input_tokens
        # Dollars per million tokens are millionths of a dollar per token.
        microusd = (
            (used.input_tokens - cached - written) * self.input
            + cached * (self.input if self.cached_read is None else self.cached_read)
            + written * (self.input if self.cache_write is None else self.cache_write)
            + used.output_tokens * self.output
        )
        return int((microusd * _NANOUSD_PER_MICROUSD).to_integral_value(ROUND_HALF_EVEN))


class LongPrompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rates of calls that read more than so many tokens."""

    over_tokens: int
    rates: Rates


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the table.

    Attributes:
        models: without dates; `*` is every other model of the provider.
        source: where the price is from.
        checked: the day on which it was so.
    """

    provider: str
    models: tuple[str, ...]
    rates: Rates
    source: str
    checked: date
    long_prompt: LongPrompt | None = None

    def cost_nanousd(self, used: Usage) -> int:
        """Return the price of a model call of this model."""
        tier = self.long_prompt
        if tier is not None and used.input_tokens > tier.over_tokens:
            return tier.rates.cost_nanousd(used)
        return self.rates.cost_nanousd(used)


@dataclass(frozen=True, slots=True)
class Prices:
    """The table; no entry means that the cost is not known."""

    entries: Mapping[tuple[str, str], Price]

    def over(self, others: "Prices") -> "Prices":
        """Return a table in which these prices come first, then the others."""
        return Prices({**others.entries, **self.entries})

    def cost_nanousd(self, used: Usage) -> int | None:
        """Return what a model call cost, in billionths of a US dollar; None if nobody knows."""
        price = self._price_of(used.provider.lower(), used.model.lower())
        return None if price is None else price.cost_nanousd(used)

    def _price_of(self, provider: str, model: str) -> Price | None:
        for name in (model, _plain(model), _ANY):
            if (provider, name) in self.entries:
                return self.entries[provider, name]
        return None


def parse_prices(text: str) -> Prices:
    """Read a price table in TOML.

    Raises:
        ValueError: it is no price table.
    """
    table = msgspec.convert(tomllib.loads(text, parse_float=Decimal), _Table)
    return Prices({(p.provider.lower(), m.lower()): p for p in table.price for m in p.models})


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    price: tuple[Price, ...] = ()


def _plain(model: str) -> str:
    while (shorter := _SUFFIX.sub("", model)) != model:
        model = shorter
    return model
