"""The price table: the packaged one, and the one that the settings name, which comes first."""

from importlib import resources
from pathlib import Path

from sergas.core.errors import BadSetting
from sergas.core.prices import Prices, parse_prices


def read_prices(file: Path | None) -> Prices:
    """Read the packaged table, and over it the file, if there is one.

    Raises:
        BadSetting: the file cannot be read, or is no price table.
    """
    packaged = (resources.files("sergas.app") / "prices.toml").read_text(encoding="utf-8")
    prices = parse_prices(packaged)
    if file is None:
        return prices
    try:
        return parse_prices(file.read_text(encoding="utf-8")).over(prices)
    except (OSError, ValueError) as error:
        raise BadSetting(f"SERGAS_PRICES_FILE={file} cannot be used: {error}.") from error
