// Makes elements, without HTML in strings.

/** An element with attributes and children; a child that is a string is text. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

/** A number with its unit. */
export function counted(number, unit) {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}

/** A range of calls in words. */
export function rangeText({ min, max }) {
  return min === max ? counted(max, "call") : `${min} to ${max} calls`;
}
