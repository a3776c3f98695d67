/**
 * Draws what a page shows of an element (its texts, its frames, its plain and hatched grounds, its drawings) on a canvas, at a size of its own: every letter and
 * line is drawn anew and none is scaled up. What is pressed or typed in is left out.
 * @param at where the element's left upper corner comes to lie, in pixels of the canvas
 * @param scale pixels of the canvas for one of the page
 */
export function paintElement(
	ink: CanvasRenderingContext2D,
	root: Element,
	at: { x: number; y: number },
	scale: number,
	hatch: CanvasPattern | null,
): void {
	const corner = root.getBoundingClientRect();
	const page = new DOMMatrix()
		.translate(at.x, at.y)
		.scale(scale)
		.translate(-corner.left, -corner.top);
	ink.save();
	walk(ink, root, page, hatch);
	ink.restore();
}

const LEFT_OUT =
	"input, .mantine-Switch-root, .mantine-Button-root, .mantine-ActionIcon-root";

function walk(
	ink: CanvasRenderingContext2D,
	element: Element,
	page: DOMMatrix,
	hatch: CanvasPattern | null,
): void {
	if (element.matches(LEFT_OUT)) return;
	const style = getComputedStyle(element);
	if (style.display === "none" || style.visibility === "hidden") return;
	if (element instanceof SVGSVGElement) {
		paintDrawing(ink, element, page, hatch);
		return;
	}
	const box = element.getBoundingClientRect();
	ink.setTransform(page);
	const opacity = ink.globalAlpha;
	ink.globalAlpha = opacity * Number(style.opacity);
	if (style.backgroundImage.includes("repeating-linear-gradient") && hatch) {
		ink.fillStyle = hatch;
		ink.fillRect(box.left, box.top, box.width, box.height);
	} else if (!isClear(style.backgroundColor)) {
		ink.fillStyle = style.backgroundColor;
		ink.fillRect(box.left, box.top, box.width, box.height);
	}
	paintFrame(ink, box, style);
	// What does not fit is cut off, as it is on the page.
	const isCut = style.overflowX === "hidden" && element.childNodes.length > 0;
	if (isCut) {
		ink.save();
		ink.beginPath();
		ink.rect(box.left, box.top, box.width, box.height);
		ink.clip();
	}
	for (const child of element.childNodes)
		if (child instanceof Element) walk(ink, child, page, hatch);
		else if (child instanceof Text) {
			ink.setTransform(page);
			paintText(ink, child, style);
		}
	if (isCut) ink.restore();
	ink.globalAlpha = opacity;
}

/** The line around what has one on all sides, as colours in a legend and insets have. */
function paintFrame(
	ink: CanvasRenderingContext2D,
	{ left, top, width, height }: DOMRect,
	style: CSSStyleDeclaration,
): void {
	const thick = Math.min(
		...[
			style.borderTopWidth,
			style.borderRightWidth,
			style.borderBottomWidth,
			style.borderLeftWidth,
		].map(Number.parseFloat),
	);
	if (!(thick > 0) || isClear(style.borderTopColor)) return;
	ink.strokeStyle = style.borderTopColor;
	ink.lineWidth = thick;
	ink.strokeRect(
		left + thick / 2,
		top + thick / 2,
		width - thick,
		height - thick,
	);
}

function paintText(
	ink: CanvasRenderingContext2D,
	text: Text,
	style: CSSStyleDeclaration,
): void {
	ink.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
	ink.fillStyle = style.color;
	ink.textAlign = "left";
	ink.textBaseline = "middle";
	const range = document.createRange();
	// Word by word: a text may have been broken into lines anywhere between.
	for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
		range.setStart(text, index);
		range.setEnd(text, index + word.length);
		const [box] = range.getClientRects();
		if (box) ink.fillText(word, box.left, box.top + box.height / 2);
	}
}

function paintDrawing(
	ink: CanvasRenderingContext2D,
	svg: SVGSVGElement,
	page: DOMMatrix,
	hatch: CanvasPattern | null,
): void {
	for (const shape of svg.querySelectorAll<SVGGraphicsElement>(
		"path, circle, line, rect, polygon, text",
	)) {
		if (shape.closest("defs")) continue;
		const place = shape.getScreenCTM();
		const style = getComputedStyle(shape);
		if (!place || style.visibility === "hidden" || style.display === "none")
			continue;
		ink.setTransform(page.multiply(DOMMatrix.fromMatrix(place)));
		const opacity = ink.globalAlpha;
		ink.globalAlpha = opacity * Number(style.opacity);
		const fill = paintOf(style.fill, hatch);
		const stroke = paintOf(style.stroke, hatch);
		ink.lineWidth = Number.parseFloat(style.strokeWidth);
		if (style.vectorEffect === "non-scaling-stroke")
			ink.lineWidth /= Math.hypot(place.a, place.b) || 1;
		ink.lineJoin = style.strokeLinejoin as CanvasLineJoin;
		ink.lineCap = style.strokeLinecap as CanvasLineCap;
		ink.setLineDash(
			style.strokeDasharray === "none"
				? []
				: style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat),
		);
		if (shape instanceof SVGTextElement)
			paintLabel(ink, shape, style, fill, stroke);
		else {
			const path = pathOf(shape);
			if (fill) {
				ink.fillStyle = fill;
				ink.fill(path, style.fillRule as CanvasFillRule);
			}
			if (stroke) {
				ink.strokeStyle = stroke;
				ink.stroke(path);
			}
		}
		ink.globalAlpha = opacity;
	}
}

function paintLabel(
	ink: CanvasRenderingContext2D,
	text: SVGTextElement,
	style: CSSStyleDeclaration,
	fill: string | CanvasPattern | null,
	stroke: string | CanvasPattern | null,
): void {
	ink.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
	ink.textAlign =
		style.textAnchor === "middle"
			? "center"
			: style.textAnchor === "end"
				? "right"
				: "left";
	ink.textBaseline =
		style.dominantBaseline === "central" || style.dominantBaseline === "middle"
			? "middle"
			: "alphabetic";
	const x = text.x.baseVal.length > 0 ? text.x.baseVal[0]?.value : 0;
	const y = text.y.baseVal.length > 0 ? text.y.baseVal[0]?.value : 0;
	if (stroke) {
		ink.strokeStyle = stroke;
		ink.strokeText(text.textContent ?? "", x ?? 0, y ?? 0);
	}
	if (fill) {
		ink.fillStyle = fill;
		ink.fillText(text.textContent ?? "", x ?? 0, y ?? 0);
	}
}

function pathOf(shape: SVGGraphicsElement): Path2D {
	const path = new Path2D();
	if (shape instanceof SVGPathElement)
		return new Path2D(shape.getAttribute("d") ?? "");
	if (shape instanceof SVGCircleElement) {
		path.arc(
			shape.cx.baseVal.value,
			shape.cy.baseVal.value,
			shape.r.baseVal.value,
			0,
			2 * Math.PI,
		);
	} else if (shape instanceof SVGLineElement) {
		path.moveTo(shape.x1.baseVal.value, shape.y1.baseVal.value);
		path.lineTo(shape.x2.baseVal.value, shape.y2.baseVal.value);
	} else if (shape instanceof SVGRectElement)
		path.rect(
			shape.x.baseVal.value,
			shape.y.baseVal.value,
			shape.width.baseVal.value,
			shape.height.baseVal.value,
		);
	else if (shape instanceof SVGPolygonElement) {
		for (const { x, y } of shape.points) path.lineTo(x, y);
		path.closePath();
	}
	return path;
}

function paintOf(
	value: string,
	hatch: CanvasPattern | null,
): string | CanvasPattern | null {
	if (value === "none" || isClear(value)) return null;
	return value.startsWith("url(") ? hatch : value;
}

/** Whether nothing is seen of a colour, as a browser tells it. */
export function isClear(colour: string): boolean {
	return (
		colour === "transparent" || /^rgba\(.*,\s*0\)$|\/\s*0%?\)$/.test(colour)
	);
}
