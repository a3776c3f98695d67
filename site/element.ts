const SVG = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number | boolean>>;
type Child = Node | string;

/** Makes an element; what it is given to show is text, never HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Attributes = {},
	...children: Child[]
): HTMLElementTagNameMap[Name] {
	return filled(document.createElement(name), attributes, children);
}

export function drawn<Name extends keyof SVGElementTagNameMap>(
	name: Name,
	attributes: Attributes = {},
	...children: Child[]
): SVGElementTagNameMap[Name] {
	return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled<Made extends Element>(
	made: Made,
	attributes: Attributes,
	children: Child[],
): Made {
	for (const [key, value] of Object.entries(attributes))
		if (value !== false)
			made.setAttribute(key, value === true ? "" : String(value));
	made.append(...children);
	return made;
}

export function found<Wanted extends Element = HTMLElement>(
	id: string,
): Wanted {
	return document.getElementById(id) as unknown as Wanted;
}
