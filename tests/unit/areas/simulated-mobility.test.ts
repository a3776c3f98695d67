import fc from "fast-check";
import { expect, test } from "vitest";
import { greatCircle } from "../../../core/areas/great-circle.ts";
import {
	NEAREST,
	type PeopledPlace,
	simulatedMobility,
	strongestPairs,
} from "../../../core/areas/simulated-mobility.ts";

const place = (lng: number, lat: number, people: number): PeopledPlace => ({
	lng,
	lat,
	people,
});
const PLACES = fc.array(
	fc
		.tuple(
			fc.double({ min: 95, max: 141, noNaN: true }),
			fc.double({ min: -11, max: 6, noNaN: true }),
			fc.integer({ min: 0, max: 6_000_000 }),
		)
		.map(([lng, lat, people]) => place(lng, lat, people)),
	{ minLength: 2, maxLength: 12 },
);

test("the great circle: a degree of the equator is 111.195 km, Jakarta to Surabaya 665 km as by the law of cosines, to the other side of the earth half its round", () => {
	expect(greatCircle(place(0, 0, 0), place(1, 0, 0))).toBeCloseTo(111.195, 3);
	const [jakarta, surabaya] = [
		place(106.8272, -6.1754, 0),
		place(112.7521, -7.2575, 0),
	];
	const radians = Math.PI / 180;
	const cosine =
		Math.sin(jakarta.lat * radians) * Math.sin(surabaya.lat * radians) +
		Math.cos(jakarta.lat * radians) *
			Math.cos(surabaya.lat * radians) *
			Math.cos((surabaya.lng - jakarta.lng) * radians);
	expect(greatCircle(jakarta, surabaya)).toBeCloseTo(
		6371.0088 * Math.acos(cosine),
		6,
	);
	expect(greatCircle(jakarta, surabaya)).toBeCloseTo(665, -1);
	expect(greatCircle(place(0, 0, 0), place(180, 0, 0))).toBeCloseTo(
		Math.PI * 6371.0088,
		6,
	);
});

test("three places on the equator, by hand: weights 2x1/1, 2x4/9 and 1x4/4 of a degree squared are 36, 16 and 18 of 70 of all journeys", () => {
	const shares = simulatedMobility([
		place(0, 0, 2),
		place(1, 0, 1),
		place(3, 0, 4),
	]);
	const [ab, ac, bc] = [shares[1], shares[2], shares[5]];
	expect(ab).toBeCloseTo(36 / 70, 12);
	expect(ac).toBeCloseTo(16 / 70, 12);
	expect(bc).toBeCloseTo(18 / 70, 12);
});

test("journeys there are journeys back, none lead to where they begin, and the shares of all pairs are all journeys", () => {
	fc.assert(
		fc.property(PLACES, (places) => {
			const shares = simulatedMobility(places);
			const count = places.length;
			let sum = 0;
			for (let a = 0; a < count; a++) {
				expect(shares[a * count + a]).toBe(0);
				for (let b = a + 1; b < count; b++) {
					expect(shares[a * count + b]).toBe(shares[b * count + a]);
					sum += shares[a * count + b] as number;
				}
			}
			const peopled = places.filter(({ people }) => people > 0).length;
			if (peopled < 2) expect(sum).toBe(0);
			else expect(sum).toBeCloseTo(1, 9);
		}),
	);
});

test("farther away is less, more people is more, and two seats side by side do not outweigh the country", () => {
	const toward = (lng: number, people = 100) => {
		const shares = simulatedMobility([
			place(100, 0, 100),
			place(lng, 0, people),
			place(100, -10, 100),
		]);
		// Against the pair that stays as it is.
		return (shares[1] as number) / (shares[2] as number);
	};
	expect(toward(101)).toBeGreaterThan(toward(102));
	expect(toward(102)).toBeGreaterThan(toward(110));
	expect(toward(102, 200)).toBeCloseTo(2 * toward(102), 9);
	const near = NEAREST / 111.195;
	expect(toward(100 + near / 1000)).toBe(toward(100 + near / 2));
});

test("of each place the strongest pairs, each once, the strongest first; who has no people leads nowhere", () => {
	const places = [
		place(0, 0, 2),
		place(1, 0, 1),
		place(3, 0, 4),
		place(9, 0, 0),
	];
	const pairs = strongestPairs(simulatedMobility(places), 4, 1);
	expect(pairs.map(({ a, b }) => [a, b])).toEqual([
		[0, 1],
		[1, 2],
	]);
	expect(strongestPairs(simulatedMobility(places), 4, 3)).toHaveLength(3);
});
