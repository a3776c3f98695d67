import { expect, test } from "vitest";
import { type Seen, seenAgain } from "../../../renderer/parts/map/seen.ts";

const far: Seen = { near: false, close: false, provinces: [] };
const near: Seen = { near: true, close: false, provinces: [33] };

test("a camera that finds its place around an area again does not let kecamatan come and go for ever: what was seen of it stays seen", () => {
	// Kecamatan have a legend of another size, beside which the camera stands too far off for them, and without them near enough again.
	const placed = (drawsDistricts: boolean) => (drawsDistricts ? far : near);
	let told: Seen | null = null;
	const drawn: boolean[] = [];
	for (let round = 0; round < 6; round++) {
		told = seenAgain(told, placed(told?.near ?? false));
		drawn.push(told.near);
	}
	expect(drawn).toEqual([true, true, true, true, true, true]);
	expect(told?.provinces).toEqual([33]);
	expect(seenAgain(near, { ...near, provinces: [32, 33] }).provinces).toEqual([
		32, 33,
	]);
	// Another area, or a hand: as it is now.
	expect(seenAgain(null, far)).toEqual(far);
});
