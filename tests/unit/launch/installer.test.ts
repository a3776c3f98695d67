import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const hasMakensis = spawnSync("makensis", ["-VERSION"]).status === 0;

/** Both macros in the least script that uses them; what electron-builder defines beside them is defined as empty. */
const SCRIPT = `Unicode true
!include LogicLib.nsh
!define isUpdated "1 = 0"
Name "BLC Command"
OutFile "out.exe"
InstallDir "C:\\Program Files\\BLC Command"
!include "${resolve("resources/installer/installer.nsh")}"
Section
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\\un.exe"
SectionEnd
Section Uninstall
  !insertmacro customUnInstall
SectionEnd
`;

test.skipIf(!hasMakensis)(
	"what the installer for Windows does beside electron-builder's own compiles without a warning",
	() => {
		const folder = mkdtempSync(join(tmpdir(), "blc-installer-"));
		try {
			writeFileSync(join(folder, "test.nsi"), SCRIPT);
			const said = execFileSync("makensis", ["-WX", "-V2", "test.nsi"], {
				cwd: folder,
				encoding: "utf8",
			});
			expect(said).not.toMatch(/warning/i);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	},
);
