import { printWindow } from "../../state/desktop.ts";

const MARK = "data-print-picture";

/** Prints a picture alone on one sheet that lies on its side. */
export async function printPicture(
	png: Uint8Array<ArrayBuffer>,
	paper: "A4" | "A3",
): Promise<void> {
	for (const before of document.querySelectorAll(`[${MARK}]`)) before.remove();
	const picture = document.createElement("img");
	picture.setAttribute(MARK, paper);
	picture.src = URL.createObjectURL(new Blob([png], { type: "image/png" }));
	await picture.decode();
	const style = document.createElement("style");
	style.setAttribute(MARK, "");
	style.textContent = `
		@page { size: ${paper} landscape; margin: 8mm; }
		@media screen { img[${MARK}] { display: none; } }
		@media print {
			body > :not([${MARK}]) { display: none !important; }
			img[${MARK}] { display: block; width: 100%; max-height: 96vh; object-fit: contain; }
		}`;
	document.body.append(style, picture);
	window.addEventListener(
		"afterprint",
		() => {
			URL.revokeObjectURL(picture.src);
			picture.remove();
			style.remove();
		},
		{ once: true },
	);
	await printWindow();
}
