import { MOST_PIXELS } from "../../../core/wall/picture.ts";

/** As a display of 3,840 pixels shows it; more is not seen. */
const LONGEST_SIDE = 3_840;
const QUALITY = 0.9;

/**
 * A picture of any kind that this browser can draw, drawn anew: upright, no larger than a wall shows it, and with nothing but its pixels.
 * @returns in Base64; null: it cannot be drawn
 */
export async function pictureFrom(file: Blob): Promise<string | null> {
	const drawn = await createImageBitmap(file).catch(() => null);
	if (!drawn) return null;
	try {
		const scale = Math.min(
			1,
			LONGEST_SIDE / Math.max(drawn.width, drawn.height),
			Math.sqrt(MOST_PIXELS / (drawn.width * drawn.height)),
		);
		const canvas = document.createElement("canvas");
		canvas.width = Math.max(1, Math.floor(drawn.width * scale));
		canvas.height = Math.max(1, Math.floor(drawn.height * scale));
		canvas
			.getContext("2d")
			?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
		const made = await new Promise<Blob | null>((done) =>
			canvas.toBlob(done, "image/webp", QUALITY),
		);
		return made && base64Of(await made.arrayBuffer());
	} finally {
		drawn.close();
	}
}

/** Bytes in Base64. */
export function base64Of(bytes: ArrayBuffer): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => {
			const text = String(reader.result);
			resolve(text.slice(text.indexOf(",") + 1));
		};
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(new Blob([bytes]));
	});
}
