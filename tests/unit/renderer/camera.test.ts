import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeFromAddress } from "../../../renderer/navigation/address.ts";
import {
	cameraOn,
	frameFromText,
	frameOf,
	textOfFrame,
	WHOLE,
} from "../../../renderer/parts/map/framed-camera.ts";
import { DEFAULT_VIEW, useView } from "../../../renderer/state/view-state.ts";

const size = fc.record({
	width: fc.integer({ min: 200, max: 4000 }),
	height: fc.integer({ min: 200, max: 2200 }),
});
const camera = fc.record({
	center: fc.tuple(
		fc.double({ min: 95, max: 141, noNaN: true }),
		fc.double({ min: -11, max: 6, noNaN: true }),
	),
	zoom: fc.double({ min: 4, max: 12, noNaN: true }),
});

/** As an address says it. */
const read = (text: string) =>
	placeFromAddress(`#/sebaran?camera=${text}`).camera;

describe("where a hand left the camera", () => {
	test("is found again from the address, in a box of the same size to the pixel", () => {
		fc.assert(
			fc.property(camera, size, (left, box) => {
				const text = textOfFrame(frameOf(left, box));
				const frame = frameFromText(text);
				if (!frame) throw new Error(text);
				expect(read(text)).toBe(text);
				const found = cameraOn(frame, box);
				const pixel = 360 / (512 * 2 ** left.zoom);
				for (const axis of [0, 1] as const)
					expect(Math.abs(found.center[axis] - left.center[axis])).toBeLessThan(
						Math.max(pixel, 0.0001),
					);
				expect(found.zoom).toBeCloseTo(left.zoom, 1);
			}),
		);
	});

	test("in a box of any other size all of it is seen, and nothing of it is larger than needs be", () => {
		fc.assert(
			fc.property(camera, size, size, (left, box, other) => {
				const frame = frameOf(left, box);
				const seen = frameOf(cameraOn(frame, other), other);
				const near = 1e-6;
				expect(seen.west).toBeLessThanOrEqual(frame.west + near);
				expect(seen.east).toBeGreaterThanOrEqual(frame.east - near);
				expect(seen.south).toBeLessThanOrEqual(frame.south + near);
				expect(seen.north).toBeGreaterThanOrEqual(frame.north - near);
				expect(
					Math.min(
						Math.abs(seen.west - frame.west),
						Math.abs(seen.south - frame.south),
					),
				).toBeLessThan(near);
			}),
		);
	});

	test("what is no frame of this world is not taken for one", () => {
		expect(read(WHOLE)).toBe(WHOLE);
		for (const text of [
			"",
			"x",
			"1_2_3",
			"1_2_3_4_5",
			"107_-6_106_-5",
			"106_-5_107_-6",
			"106_-6_106_-5",
			"106_-600_107_-5",
			"106_-6_407_-5",
			"106_-6_1e2_-5",
			"106_-6__-5",
			"NaN_-6_107_-5",
		])
			expect(frameFromText(text), text).toBeNull();
		for (const text of ["x", "1_2_3", "106_-6_1e2_-5"])
			expect(read(text), text).toBe("");
	});

	test("another area or screen is shown as a whole; an address that names both has both", () => {
		const { change } = useView.getState();
		const frame = "106.3_-6.85_107.1_-5.9";
		change({ area: "31", camera: frame });
		expect(useView.getState().camera).toBe(frame);
		change({ indicator: "deaths" });
		expect(useView.getState().camera).toBe(frame);
		change({ area: "32" });
		expect(useView.getState().camera).toBe("");
		change({ camera: frame });
		change({ screen: "situasi" });
		expect(useView.getState().camera).toBe("");
		change({ ...DEFAULT_VIEW });
	});
});
