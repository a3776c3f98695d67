import { afterEach, describe, expect, test, vi } from "vitest";
import {
	inReadingOrder,
	openOnScreens,
} from "../../../renderer/screens/dinding/screens-of-machine.ts";

describe("monitors of this machine", () => {
	const monitor = (availLeft: number, availTop: number) => ({
		...{ availLeft, availTop, availWidth: 1_920, availHeight: 1_040 },
	});
	afterEach(() => vi.unstubAllGlobals());

	test("are filled as one reads them, also where one of a row stands a little lower", () => {
		const [a, b, c, d] = [
			monitor(0, 0),
			monitor(1_920, 40),
			monitor(-200, 1_080),
			monitor(1_920, 1_080),
		] as const;
		expect(inReadingOrder([d, b, c, a])).toEqual([a, b, c, d]);
	});

	test("have one window each for the places there are; a browser that says no is told, and so is one that holds windows back", async () => {
		const opened: string[][] = [];
		const details = {
			screens: [monitor(1_920, 0), monitor(0, 0), monitor(3_840, 0)],
		};
		vi.stubGlobal("window", {
			getScreenDetails: async () => details,
			open: (...asked: string[]) => {
				opened.push(asked);
				return {};
			},
		});
		const there = (cell: string) => `#${cell}`;
		expect(await openOnScreens(["1-1", "1-2"], there)).toEqual({ opened: 2 });
		expect(opened.map(([address, , where]) => [address, where])).toEqual([
			["#1-1", "popup,left=0,top=0,width=1920,height=1040"],
			["#1-2", "popup,left=1920,top=0,width=1920,height=1040"],
		]);
		vi.stubGlobal("window", {
			getScreenDetails: async () => details,
			open: () => null,
		});
		expect(await openOnScreens(["1-1"], there)).toBe("blocked");
		vi.stubGlobal("window", {
			getScreenDetails: () => Promise.reject(new Error("no")),
		});
		expect(await openOnScreens(["1-1"], there)).toBe("not-granted");
	});
});
