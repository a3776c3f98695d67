/** What a camera at rest shows. */
export interface Seen {
	/** Near enough that a kecamatan is more than a speck. */
	readonly near: boolean;
	/** Near enough that the kelurahan of a city stand beside one another. */
	readonly close: boolean;
	/** Of a near one: ids of the provinces of which it shows land. */
	readonly provinces: readonly number[];
}

/**
 * What is seen after the camera found its place around the same area again, because what lies over the map changed its size: all that was seen of
 * it before stays seen. What is drawn depends on it, the legend on what is drawn, and the place of the camera on the legend: near the border of
 * nearness kecamatan would come and go for ever.
 * @param before what was seen of the area last; null: of another one, or a hand moved the camera
 */
export function seenAgain(before: Seen | null, now: Seen): Seen {
	return before
		? {
				near: before.near || now.near,
				close: before.close || now.close,
				provinces: [...new Set([...before.provinces, ...now.provinces])].sort(
					(a, b) => a - b,
				),
			}
		: now;
}
