/*
 * Makes elements of the page in one line each.
 */

type Attributes = Readonly<Record<string, string>>;

/** Makes an HTML element with attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	attributes: Attributes,
	...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
	made.append(...children);
	return made;
}

const svgNamespace = "http://www.w3.org/2000/svg";

/** Makes an SVG element with attributes and children. */
export function svg(tag: string, attributes: Attributes, ...children: Node[]): SVGElement {
	const made = document.createElementNS(svgNamespace, tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
	made.append(...children);
	return made;
}

/** Sets a text only when it differs, so that an unchanged screen costs no layout. */
export function setText(target: Element, text: string): void {
	if (target.textContent !== text) target.textContent = text;
}
