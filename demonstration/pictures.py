"""Pictures of fields and hills for the demonstration, drawn by itself: nobody's photo, and never the same one twice."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIZE = 1280, 960
SKIES = (("#8fb8d8", "#eaf2f6"), ("#c9d6dd", "#f3efe6"), ("#7fa6cf", "#f6e3c5"), ("#a9c4cf", "#eef3e8"))
HILLS = ("#5d7f72", "#476b5a", "#38584a", "#6c8a63")
FIELDS = ("#a9b665", "#c7b55a", "#7d9c4f", "#b98f52", "#8fae5d")


def landscape(seed: int) -> bytes:
    """A JPEG: sky, three lines of hills, a field in rows, a few houses. The same for the same seed."""
    chance = Random(seed)  # noqa: S311 - hills, not secrets
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    sky(draw, chance.choice(SKIES))
    for number in range(3):
        hills(draw, chance, SIZE[1] * (0.34 + 0.09 * number), HILLS[(seed + number) % len(HILLS)])
    field(draw, chance)
    for _number in range(chance.randint(2, 5)):
        house(draw, chance)
    image = image.filter(ImageFilter.GaussianBlur(1.2))
    content = io.BytesIO()
    image.save(content, "JPEG", quality=82)
    return content.getvalue()


def sky(draw: ImageDraw.ImageDraw, colours: tuple[str, str]) -> None:
    upper, lower = (tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5)) for colour in colours)
    for y in range(SIZE[1]):
        part = min(1.0, y / (SIZE[1] * 0.55))
        draw.line((0, y, SIZE[0], y), fill=tuple(round(a + (b - a) * part) for a, b in zip(upper, lower, strict=True)))


def hills(draw: ImageDraw.ImageDraw, chance: Random, height: float, colour: str) -> None:
    tops = [(x, height - chance.randint(20, 150)) for x in range(-80, SIZE[0] + 240, 160)]
    draw.polygon([(-80, SIZE[1]), *tops, (SIZE[0] + 240, SIZE[1])], fill=colour)


def field(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    """Rows that meet far away."""
    horizon, far = round(SIZE[1] * 0.58), chance.randint(SIZE[0] // 3, SIZE[0] * 2 // 3)
    ground, row = chance.sample(FIELDS, 2)
    draw.rectangle((0, horizon, *SIZE), fill=ground)
    for x in range(-SIZE[0] * 2, SIZE[0] * 3, 180):
        draw.polygon([(far + (x - far) // 18, horizon), (x, SIZE[1]), (x + 80, SIZE[1])], fill=row)


def house(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    x, y, wide = chance.randint(40, SIZE[0] - 200), chance.randint(500, 560), chance.randint(70, 130)
    draw.rectangle((x, y, x + wide, y + wide // 2), fill="#ece6da")
    draw.polygon([(x - 10, y), (x + wide // 2, y - wide // 3), (x + wide + 10, y)], fill="#6b5148")
    draw.rectangle((x + wide // 3, y + wide // 6, x + wide // 2, y + wide // 2), fill="#8a6a55")
