"""The pictures by which the site is known elsewhere: icons for tabs and home screens, the card of a shared link.

Drawn from docs/assets/logo.svg and the name of the site, so that there is nothing to keep in step.
"""

import base64
import html
import io
from pathlib import Path

# Pixels, and the share of them that the logo takes: a maskable icon is cut to a circle, so its logo is smaller.
ICONS = {
    "icon-32.png": (32, 1.0),  # tab
    "icon-180.png": (180, 1.0),  # home screen of a phone
    "icon-192.png": (192, 1.0),  # installed app
    "icon-512.png": (512, 1.0),
    "icon-maskable.png": (512, 0.75),
}
CARD_SIZE = (1200, 630)  # px, as networks ask for

_BRAND = "#0b5563"


def icon(logo: Path, size: int, share: float = 1) -> bytes:
    """The logo as PNG, `size` px wide and high; it takes `share` of them, on a ground of the brand's color.

    A home screen rounds the corners itself, so from 180 px on the ground fills them.
    """
    ground = _BRAND if size >= 180 else "transparent"
    edge = (1 - share) / 2 * size
    style = f"background: {ground}; padding: {edge}px"
    return _picture((size, size), style, f"<img src={_address(logo)} alt='' style='width: {size - 2 * edge}px'>")


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
    for file, (size, share) in ICONS.items():
        (assets / file).write_bytes(icon(logo, size, share))
    (assets / "card.png").write_bytes(card(logo, name, words))


def _address(logo: Path) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(logo.read_bytes()).decode()}"


def _picture(size: tuple[int, int], style: str, content: str) -> bytes:
    """One page of HTML as PNG of `size` px."""
    # Here, because a live preview and a check of the data need neither.
    import pypdfium2

    from .handouts.frame import font_faces
    from .handouts.render import fetcher, load_weasyprint

    width, height = size
    page = f"@page {{ size: {width}px {height}px; margin: 0 }} img {{ display: block }} {font_faces()}"
    body = f"margin: 0; height: {height}px; box-sizing: border-box; {style}"
    document = f'<html lang="en"><style>{page}</style><body style="{body}">{content}</body></html>'
    pdf = pypdfium2.PdfDocument(load_weasyprint().HTML(string=document, url_fetcher=fetcher()).write_pdf())
    # A page is measured in points, 3/4 of a pixel.
    picture = pdf[0].render(scale=4 / 3, fill_color=(0, 0, 0, 0)).to_pil()
    pdf.close()
    held = io.BytesIO()
    picture.quantize(64).save(held, "PNG", optimize=True)
    return held.getvalue()
