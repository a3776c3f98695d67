/** A place on the earth, in degrees. */
export interface Place {
	readonly lng: number;
	readonly lat: number;
}

/** Mean radius of the earth in kilometres (Moritz 2000, Geodetic Reference System 1980: R1 = 6371.0088 km). */
const RADIUS = 6371.0088;

/**
 * Kilometres between two places along the great circle through them, on a sphere.
 * Source: the haversine formula, R. W. Sinnott, Virtues of the Haversine, Sky and Telescope 68 (1984) 159.
 */
export function greatCircle(a: Place, b: Place): number {
	const radians = Math.PI / 180;
	const dLat = (b.lat - a.lat) * radians;
	const dLng = (b.lng - a.lng) * radians;
	const h =
		Math.sin(dLat / 2) ** 2 +
		Math.cos(a.lat * radians) *
			Math.cos(b.lat * radians) *
			Math.sin(dLng / 2) ** 2;
	return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}
