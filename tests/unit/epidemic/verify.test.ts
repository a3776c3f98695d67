import { describe, expect, it } from "vitest";
import {
	compare,
	exitCodeOf,
	formatReport,
	type Verifier,
	verifyParsed,
} from "../../../main/analyst/verify.ts";

const doubling: Verifier = {
	kind: "doubling",
	recognises: (file) => (file as { double?: unknown }).double !== undefined,
	recompute: (_, file) => ({
		value: 2 * (file as { double: number }).double,
		series: [1, 2, 3],
	}),
};

const verify = (file: unknown) => verifyParsed("file", file, [doubling]);

describe("verify compares a file with what its inputs give", () => {
	it("passes what is equal within the file's own tolerance", async () => {
		const report = await verify({
			double: 2,
			expected: { value: 4.0000001 },
			tolerance: { relative: 1e-6 },
		});
		expect(report.outcome).toBe("pass");
		expect(exitCodeOf([report])).toBe(0);
	});

	it("fails a difference beyond the tolerance and says where and how much", async () => {
		const report = await verify({
			double: 2,
			expected: { value: 4.1 },
			tolerance: { relative: 1e-6 },
		});
		expect(report.outcome).toBe("fail");
		expect(formatReport(report)).toMatch(/value: expected 4.1, found 4/);
		expect(exitCodeOf([report])).toBe(1);
	});

	it("fails a quantity that is expected and not recomputed, instead of passing over it", async () => {
		const report = await verify({ double: 2, expected: { value: 4, sd: 1 } });
		expect(report.outcome).toBe("fail");
		expect(formatReport(report)).toMatch(/sd: expected 1, not recomputed/);
	});

	it("fails a series that is longer or shorter than expected", async () => {
		const report = await verify({
			double: 2,
			expected: { value: 4, series: [1, 2] },
		});
		expect(report.outcome).toBe("fail");
	});

	it("fails when nothing at all was compared", async () => {
		const report = await verify({ double: 2, expected: {} });
		expect(report.outcome).toBe("fail");
	});

	it("calls a file of no known kind unusable, with exit code 3", async () => {
		const report = await verify({ triple: 2, expected: {} });
		expect(report.outcome).toBe("unusable");
		expect(exitCodeOf([report])).toBe(3);
	});

	it("hands the file to the model without its expected part", async () => {
		let seen: unknown;
		await verifyParsed("file", { double: 2, expected: { value: 4 } }, [
			{
				...doubling,
				recompute: (_, file) => {
					seen = file;
					return { value: 4 };
				},
			},
		]);
		expect(seen).toEqual({ double: 2 });
	});

	it("takes null for a number that is not defined, and nothing else", () => {
		const exact = () => ({ relative: 0 });
		expect(compare([null], [Number.NaN], exact)[0]?.failed).toBe(0);
		expect(compare([null], [0], exact)[0]?.failed).toBe(1);
		expect(compare([0], [Number.NaN], exact)[0]?.failed).toBe(1);
	});

	it("does not excuse a small value by the size of others outside its own list", () => {
		const [report] = compare(
			[{ q: 1e-7 }, { q: 2e6 }],
			[{ q: 2e-7 }, { q: 2e6 }],
			() => ({ relative: 1e-9 }),
		);
		expect(report?.failed).toBe(1);
	});
});
