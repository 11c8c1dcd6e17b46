"""Pictures, drawn anew: neither the place where one was taken nor anything else hidden in it is kept."""

import io
from collections.abc import Iterator

import filetype
from PIL import Image, ImageOps

from office.child import N_, Unfit
from office.inspection.naming import unfit

MOST_PIXELS = 60_000_000
LONGEST_SIDE = {"picture": 2560, "scan": 4961}  # pixels; 4961 is A3 at 300 dpi
TOO_LARGE = N_("This picture measures %(width)s by %(height)s points. Make it smaller, then try again.")
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def drawn_anew(content: bytes, kind: str, expected: str, remedy: str) -> Iterator:
    """The media type and the picture, drawn from its pixels alone."""
    found = filetype.guess_mime(content[:8192])
    if found not in PICTURES.values():
        raise unfit(content, expected, remedy)
    try:
        image: Image.Image = Image.open(io.BytesIO(content), formats=list(PICTURES))
        if image.width * image.height > MOST_PIXELS:
            raise Unfit(TOO_LARGE, width=image.width, height=image.height)
        image = ImageOps.exif_transpose(image)
        image.thumbnail((LONGEST_SIDE[kind], LONGEST_SIDE[kind]))
        yield from written(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unfit(N_("This picture is damaged. Take it or save it anew, then try again.")) from error


def written(image: Image.Image) -> Iterator:
    """Line drawings with transparency or few colours stay PNG, all else becomes JPEG."""
    file = io.BytesIO()
    is_drawing = image.mode in {"1", "P", "LA", "RGBA"}
    fresh = image.convert("RGBA" if is_drawing else "RGB")
    fresh.info.clear()
    fresh.save(file, "PNG" if is_drawing else "JPEG", quality=88)
    yield PICTURES["PNG" if is_drawing else "JPEG"]
    yield file.getvalue()
