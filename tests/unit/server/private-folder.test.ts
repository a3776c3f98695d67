import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { restrictOnWindows } from "../../../machine/files/windows-acl.ts";
import { makePrivate } from "../../../main/backend/private-folder.ts";

vi.mock("../../../machine/files/windows-acl.ts", () => ({
	restrictOnWindows: vi.fn(),
}));

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "blc-private-"));
});
afterEach(() => {
	vi.restoreAllMocks();
	rmSync(folder, { recursive: true, force: true });
});
const on = (platform: NodeJS.Platform) =>
	vi.spyOn(process, "platform", "get").mockReturnValue(platform);

test("on Windows, which knows no modes, the data folder is closed by its list of accounts, once it is there", () => {
	on("win32");
	const data = join(folder, "data");
	makePrivate(data);
	expect(existsSync(data)).toBe(true);
	expect(vi.mocked(restrictOnWindows).mock.calls).toEqual([[data]]);
	// One that cannot be closed is not used open.
	vi.mocked(restrictOnWindows).mockImplementationOnce(() => {
		throw new Error("cannot be closed");
	});
	expect(() => makePrivate(data)).toThrow("cannot be closed");
});

test.runIf(process.platform !== "win32")(
	"elsewhere by its mode, and no program of Windows is asked",
	() => {
		vi.mocked(restrictOnWindows).mockClear();
		makePrivate(join(folder, "data"));
		expect(statSync(join(folder, "data")).mode & 0o077).toBe(0);
		expect(restrictOnWindows).not.toHaveBeenCalled();
	},
);
