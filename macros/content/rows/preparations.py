"""The ratios of the preparation tables, and the arithmetic of dilution. All arithmetic is in Decimal."""

from decimal import Decimal

from pydantic import Field

from ..checked_values import Day, Parts, Percent, ProductParts, SyringeMillilitres, Syringes, Text
from .base import Row, Strict


class Preparation(Strict):
    """One worked example: `syringes` syringes of `presentation_ml` mL at a ratio of 1 to `diluent_parts`.

    Volumes are in mL. A ratio is product : diluent. For n syringes of V mL at 1:r the product is
    nV, the diluent nVr and the total nV(1+r) (facts dil-004, prd-003; design contract).
    """

    presentation_ml: SyringeMillilitres = Field(description="what one syringe holds, in mL")
    syringes: Syringes = Field(description="number of syringes")
    product_parts: ProductParts = Field(description="parts of product, the first number of the ratio")
    diluent_parts: Parts = Field(description="parts of diluent, the second number of the ratio")
    caha_share_percent: Percent = Field(default=Decimal(30), exclude=True)

    @property
    def product_ml(self) -> Decimal:
        """Product in mL."""
        return self.presentation_ml * self.syringes

    @property
    def diluent_ml(self) -> Decimal:
        """Diluent to add, in mL."""
        return self.product_ml * self.diluent_parts / self.product_parts

    @property
    def total_ml(self) -> Decimal:
        """Mixture that results, in mL."""
        return self.product_ml + self.diluent_ml

    @property
    def product_percent(self) -> Decimal:
        """Share of product in the mixture, percent by volume."""
        return 100 * self.product_parts / (self.product_parts + self.diluent_parts)

    @property
    def caha_percent_v_v(self) -> Decimal:
        """Share of CaHA microspheres in the mixture, percent by volume, volumes taken as additive."""
        return self.caha_share_percent * self.product_parts / (self.product_parts + self.diluent_parts)


class RatioChoice(Row):
    """A ratio that the preparation tables show; where it is on a label, the indications say."""

    product_parts: ProductParts
    diluent_parts: Parts
    studied: Text | None = Field(
        default=None, description="how it was studied, in a few words; left out where no study is known"
    )
    reviewed: Day
    review_by: Day


class RatioBand(Row):
    """A band of ratios as the source article teaches it, and what the evidence says of it."""

    ordered = (("diluent_parts_min", "diluent_parts_max"),)
    product_parts: ProductParts = Decimal(1)
    diluent_parts_min: Parts
    diluent_parts_max: Parts
    article_name: Text
    published_name: Text
    correction: Text
