"""The pictures by which the site is known elsewhere: icons for tabs and home screens, the card of a shared link.

Drawn from docs/assets/logo.svg and the name of the site, so that there is nothing to keep in step.
"""

import base64
import html
import io
from pathlib import Path

ICON_SIZES = (32, 180, 512)  # px: tab, home screen of a phone, installed app
CARD_SIZE = (1200, 630)  # px, as networks ask for

_BRAND = "#0b5563"


def icon(logo: Path, size: int) -> bytes:
    """The logo as PNG, `size` px wide and high; a home screen rounds the corners itself, so there it fills them."""
    ground = _BRAND if size >= 180 else "transparent"
    return _picture((size, size), f"background: {ground}", f"<img src={_address(logo)} alt='' style='width: {size}px'>")


def card(logo: Path, name: str, words: str) -> bytes:
    """The card that a shared link shows, as PNG of CARD_SIZE: logo, name of the site, one sentence."""
    style = f"background: {_BRAND}; color: #fff; padding: 70px 90px; font: 40px/1.4 'Sheet Sans'"
    title = f"<h1 style='margin: 30px 0 20px; font-size: 96px; line-height: 1.1'>{html.escape(name)}</h1>"
    picture = f"<img src={_address(logo)} alt='' style='width: 130px'>"
    return _picture(CARD_SIZE, style, picture + title + html.escape(words))


def write_icons(logo: Path, name: str, words: str, out: Path) -> None:
    """Write assets/icon-*.png and assets/card.png below the site `out`."""
    assets = out / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    for size in ICON_SIZES:
        (assets / f"icon-{size}.png").write_bytes(icon(logo, size))
    (assets / "card.png").write_bytes(card(logo, name, words))


def _address(logo: Path) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(logo.read_bytes()).decode()}"


def _picture(size: tuple[int, int], style: str, content: str) -> bytes:
    """One page of HTML as PNG of `size` px."""
    # Here, because a live preview and a check of the data need neither.
    import pypdfium2

    from .handouts.frame import font_faces
    from .handouts.render import fetch, load_weasyprint

    width, height = size
    page = f"@page {{ size: {width}px {height}px; margin: 0 }} img {{ display: block }} {font_faces()}"
    body = f"margin: 0; height: {height}px; box-sizing: border-box; {style}"
    document = f'<html lang="en"><style>{page}</style><body style="{body}">{content}</body></html>'
    pdf = pypdfium2.PdfDocument(load_weasyprint().HTML(string=document, url_fetcher=fetch).write_pdf())
    # A page is measured in points, 3/4 of a pixel.
    picture = pdf[0].render(scale=4 / 3, fill_color=(0, 0, 0, 0)).to_pil()
    pdf.close()
    held = io.BytesIO()
    picture.quantize(64).save(held, "PNG", optimize=True)
    return held.getvalue()
