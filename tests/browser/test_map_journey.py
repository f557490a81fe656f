"""The map, in a real browser: from all groups into one, and from there to a person."""

from __future__ import annotations

import re

from journey import PATIENCE_MS, Journey

BUBBLE = """canvas => {
    const {width, height} = canvas, data = canvas.getContext("2d").getImageData(0, 0, width, height).data
    const teal = (x, y) => { const i = 4 * (y * width + x); return data[i + 1] > data[i] + 60 && data[i + 3] > 200 }
    for (let y = 8; y < height * 0.8; y++) for (let x = 8; x < width - 8; x++)
        if (teal(x, y) && teal(x - 5, y) && teal(x + 5, y) && teal(x, y + 8)) {
            const scale = canvas.clientWidth / width
            return [x * scale, (y + 4) * scale]
        }
}"""
"""Where some bubble of the canvas is."""


def test_a_group_is_opened_and_a_person_in_it(journey: Journey) -> None:
    """Sample, Map: the picture is drawn; click a bubble, go back; choose an employer, select one of its people, read."""
    page = journey.page
    page.get_by_role("button", name="Try it with the fictional sample").click()
    journey.see("Kinds of tie")
    page.get_by_role("link", name="Map", exact=True).click()
    journey.see("groups of three or more")
    journey.see("Who links your groups")
    bubbles = page.locator("[class*=st-key-bubbles-]").get_attribute("class") or ""
    (key,) = re.findall(r"st-key-(bubbles-\d+)", bubbles)
    assert journey.colours(key) > 3
    canvas = page.locator("[class*=st-key-bubbles-] canvas").first
    x, y = canvas.evaluate(BUBBLE)
    canvas.click(position={"x": x, "y": y})
    journey.see("Who is in it")
    page.locator(".st-key-all-groups button").click()
    journey.see("groups of three or more")
    page.locator(".st-key-community input").click()
    page.keyboard.type("Ambervale Freight")
    page.keyboard.press("Enter")
    journey.see("Ambervale Freight: ")
    assert re.search(r"\?community=[0-9a-f]{10}$", page.url)
    page.locator(".st-key-members").scroll_into_view_if_needed()
    box = page.locator(".st-key-members").bounding_box()
    assert box
    page.mouse.click(box["x"] + 22, box["y"] + 55)
    page.wait_for_url(re.compile(r"/person\?person=[0-9a-f]{10}$"), timeout=PATIENCE_MS)
    journey.see("Your marks")
