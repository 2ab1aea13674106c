// What keeps a page from being used by everybody, as a list of complaints. Run within a page.
// What moves has arrived.
document.getAnimations().forEach((animation) => animation.finish());
const wrong = [];
const say = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

// The document.
if (!document.documentElement.lang) wrong.push("the page has no language");
if (!document.title.trim()) wrong.push("the page has no title");
if (document.querySelectorAll("main").length !== 1) wrong.push("there is not exactly one main part");
if (document.querySelectorAll("h1").length !== 1) wrong.push("there is not exactly one first heading");
let level = 0;
for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
  const next = Number(heading.tagName[1]);
  if (seen(heading)) {
    if (next > level + 1) say(`a heading of level ${next} follows one of level ${level}`, heading);
    level = next;
  }
}

// Ids and what refers to them.
const ids = new Set();
for (const element of document.querySelectorAll("[id]")) {
  if (ids.has(element.id)) say("an id is used twice", element);
  ids.add(element.id);
}
for (const name of ["for", "aria-labelledby", "aria-controls"]) {
  for (const element of document.querySelectorAll(`[${name}]`)) {
    for (const id of element.getAttribute(name).split(/\s+/)) {
      if (id && !ids.has(id)) say(`${name} names nothing`, element);
    }
  }
}

// Names of what can be acted on.
const named = (element) => {
  const labelled = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  const texts = [
    element.getAttribute("aria-label"),
    ...labelled.map((id) => document.getElementById(id)?.textContent),
    ...[...(element.labels ?? [])].map((label) => label.textContent),
    // In a drawing tag names are in small letters, and a title is an element.
    /^(A|BUTTON|SUMMARY)$/i.test(element.tagName) ? element.textContent : "",
    element.getAttribute("title"),
  ];
  return texts.some((text) => text?.trim());
};
// A button that is hidden and does nothing is met by nobody: it only keeps Enter from pressing another. Nor is a field
// that is hidden and can't be typed in: it tells programs that keep passwords whose one is.
for (const element of document.querySelectorAll("a[href], button:not([hidden][disabled]), summary, input:not([type=hidden], [hidden][readonly]), select, textarea")) {
  if (!named(element)) say("nothing names this", element);
  if (element.tabIndex > 0) say("it jumps the queue of the tab key", element);
}
for (const image of document.querySelectorAll("img:not([alt]), svg:not([aria-hidden]):not([role]):not(:has(title))")) {
  if (!image.closest("[aria-hidden]")) say("a picture without words", image);
}
for (const field of document.querySelectorAll("[aria-invalid=true]")) {
  const why = (field.getAttribute("aria-describedby") ?? "").split(/\s+/);
  if (!why.some((id) => ids.has(id))) say("a wrong field doesn't say why", field);
}
// And the other way round: what is wrong is read out where it is, not only seen there. The list of it all at a form's
// top is none of these.
for (const words of document.querySelectorAll(".complaint")) {
  const fields = [...document.querySelectorAll(":is(input, select, textarea, fieldset, [role=group])[aria-describedby]")];
  const told = (field) => field.getAttribute("aria-describedby").split(/\s+/).includes(words.id);
  if (!words.id || !fields.some(told)) say("a complaint that no field refers to", words);
}
for (const table of document.querySelectorAll("table")) {
  if (!table.querySelector("th[scope]")) say("a table without heads", table);
}
for (const list of document.querySelectorAll("ul, ol")) {
  if ([...list.children].some((child) => !/^(LI|SCRIPT|TEMPLATE)$/.test(child.tagName))) say("a list of what are no items", list);
}
for (const list of document.querySelectorAll("dl")) {
  if ([...list.children].some((child) => !/^(DIV|DT|DD)$/.test(child.tagName))) say("a list of what are no terms", list);
}
for (const region of document.querySelectorAll("nav, [role=region]")) {
  const alone = region.tagName === "NAV" && document.querySelectorAll("nav").length === 1;
  if (!alone && !region.getAttribute("aria-label") && !region.getAttribute("aria-labelledby")) say("a part without a name", region);
}
for (const scroller of document.querySelectorAll("main *")) {
  const style = getComputedStyle(scroller);
  const scrolls = /auto|scroll/.test(style.overflowX) && scroller.scrollWidth > scroller.clientWidth + 1;
  if (scrolls && scroller.tabIndex < 0 && !scroller.querySelector("a[href], button, input, select, summary")) {
    say("it scrolls, but not by the keyboard", scroller);
  }
}

// Contrast of every text with what is behind it (WCAG 2.2, AA).
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgba = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
};
const over = (front, back) => [0, 1, 2].map((at) => front[at] * front[3] + back[at] * (1 - front[3])).concat(1);
const behind = (element) => {
  const layers = [];
  for (let at = element; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    // What is drawn over a pattern can't be told from here.
    if (style.backgroundImage !== "none") return null;
    const colour = rgba(style.backgroundColor);
    layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reverse().reduce((back, front) => over(front, back), rgba(getComputedStyle(document.documentElement).backgroundColor));
};
const luminance = (colour) => {
  const [red, green, blue] = colour.slice(0, 3).map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const told = new Set();
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || told.has(element) || !seen(element)) continue;
  if (/^(SCRIPT|STYLE|OPTION)$/.test(element.tagName) || element.closest(":disabled, .sr, .skip, [aria-hidden=true]")) continue;
  told.add(element);
  const style = getComputedStyle(element);
  const back = behind(element);
  if (!back) continue;
  const [one, other] = [luminance(over(rgba(style.color), back)), luminance(back)];
  const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (contrast < (large ? 3 : 4.5)) say(`contrast ${contrast.toFixed(2)}`, element);
}
return wrong;
