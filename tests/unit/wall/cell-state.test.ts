import { describe, expect, test } from "vitest";
import type { PairedDevice } from "../../../core/api/devices.ts";
import { cellNow } from "../../../core/wall/cell-state.ts";
import { showOfPlace } from "../../../core/wall/grid.ts";
import type { WallWindow } from "../../../core/wall/wall-windows.ts";

describe("the picture of a wall at the desk", () => {
	const now = 1_000_000;
	const device = (part: Partial<PairedDevice> = {}): PairedDevice => ({
		...{ id: "0123456789abcdef", name: "TV kiri", kind: "display" },
		...{ show: showOfPlace("aula", "1-1"), scope: "ID" },
		...{ pairedAt: 1, pairedBy: "Rina", seenAt: now - 500, address: "" },
		...part,
	});
	const window = (part: Partial<WallWindow> = {}): WallWindow => ({
		...{ window: "0123456789abcdef", name: "TV kiri", scene: "a", stale: 0 },
		...{ show: showOfPlace("aula", "1-1"), trouble: null, frames: 9 },
		...{ width: 10, height: 10, drawnAt: now - 300, frozen: false },
		...part,
	});
	const at = (windows: WallWindow[], devices: PairedDevice[], cell = "1-1") =>
		cellNow("aula", cell, windows, devices, now);

	test("tells of each display the worst that is known: silent, frozen, in trouble, too old, well", () => {
		const states = (windows: WallWindow[], devices = [device()]) =>
			at(windows, devices).state;
		expect(states([window()])).toEqual({ kind: "well" });
		expect(states([window({ stale: 2 })])).toEqual({
			...{ kind: "stale", panels: 2 },
		});
		expect(states([window({ stale: 2, trouble: "offline" })])).toEqual({
			...{ kind: "trouble", trouble: "offline" },
		});
		expect(states([window({ frozen: true })])).toEqual({
			...{ kind: "frozen", since: now - 300 },
		});
		expect(states([], [device({ seenAt: now - 11_000 })])).toEqual({
			...{ kind: "silent", since: now - 11_000 },
		});
		// What a window that is not heard any more said last is nobody's word.
		expect(states([window()], [device({ seenAt: now - 11_000 })]).kind).toBe(
			"silent",
		);
		expect(states([], [device({ seenAt: null })])).toEqual({
			...{ kind: "silent", since: null },
		});
		expect(states([], [])).toEqual({ kind: "none" });
		expect(states([], [device()])).toEqual({ kind: "coming" });
	});

	test("finds windows of this machine by what they ask for, and a device by where it was put, whatever its window still says", () => {
		const own = window({ window: "w1", name: "" });
		expect(at([own], []).state).toEqual({ kind: "well" });
		const moved = device({ show: showOfPlace("aula", "2-2") });
		expect(at([window()], [moved]).state).toEqual({ kind: "none" });
		expect(at([window()], [moved], "2-2").scene).toBe("a");
	});

	test("says of no frozen window what it shows: nobody knows", () => {
		expect(at([window({ frozen: true })], [device()]).scene).toBeNull();
	});
});
