import {
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { ordinaryWriters } from "../../../machine/files/windows-writers.ts";
import { machineFolders } from "../../../main/desktop/machine-file.ts";
import { distConfiguration } from "../../../main/launch/dist-configuration.ts";
import { withMachineFolder } from "../../../main/launch/msi-project.ts";

const require = createRequire(import.meta.url);

/** The project that the installed electron-builder writes for an MSI of a folder. */
async function projectOf(folder: string): Promise<string> {
	// Its parts import one another in circles; this is the order of its own.
	require("electron-builder");
	const {
		default: MsiTarget,
	} = require("app-builder-lib/out/targets/MsiTarget.js");
	const {
		getEffectiveOptions,
	} = require("app-builder-lib/out/options/CommonWindowsInstallerConfiguration.js");
	const { msi, appId, productName } = distConfiguration({
		system: "win",
		electron: null,
		output: "release",
		installers: true,
		maintainer: "",
	});
	const packager = {
		platformSpecificBuildOptions: {},
		config: { msi },
		fileAssociations: [],
		getIconPath: async () => null,
		appInfo: {
			id: appId,
			productName,
			productFilename: productName,
			sanitizedProductName: productName,
			sanitizedName: "blc-command",
			companyName: "BLC Command",
			getVersionInWeirdWindowsForm: () => "0.1.0.0",
		},
	};
	const target = new MsiTarget(packager, folder);
	return target.writeManifest(
		folder,
		1,
		getEffectiveOptions(target.options, packager),
	);
}

/** Its elements, each by the names of those around it, with their attributes. */
function elementsOf(xml: string) {
	const around: string[] = [];
	const found: { path: string; attributes: Record<string, string> }[] = [];
	const parser = new SaxesParser();
	parser.on("opentag", ({ name, attributes }) => {
		around.push(name);
		found.push({ path: around.join("/"), attributes });
	});
	parser.on("closetag", () => void around.pop());
	parser.on("error", (error) => {
		throw error;
	});
	parser.write(xml).close();
	return found;
}

test("the MSI makes the machine's folder, installed with the rest of it and closed to ordinary accounts, by the installed builder's own project", async () => {
	const folder = mkdtempSync(join(tmpdir(), "blc-msi-"));
	try {
		mkdirSync(join(folder, "resources"));
		for (const name of ["BLC Command.exe", "resources/app.asar"])
			writeFileSync(join(folder, name), "");
		const path = join(folder, "project.wxs");
		writeFileSync(path, await projectOf(folder));
		const { msiProjectCreated } = distConfiguration({
			system: "win",
			electron: null,
			output: "release",
			installers: true,
			maintainer: "",
		});
		await (msiProjectCreated as (path: string) => unknown)(path);
		const elements = elementsOf(readFileSync(path, "utf8"));
		const attributesOf = (at: string) =>
			elements
				.filter(({ path: there }) => there === `Wix/Product/${at}`)
				.map(({ attributes }) => attributes);
		const [, , name] = (
			machineFolders("win32", "C:\\BLC Command.exe")[0] as string
		).split("\\");
		expect(attributesOf("Directory/Directory")).toContainEqual({
			Id: "CommonAppDataFolder",
		});
		expect(attributesOf("Directory/Directory/Directory")).toContainEqual({
			Id: "MachineFolder",
			Name: name,
		});
		expect(attributesOf("Feature/ComponentGroupRef")).toEqual([
			{ Id: attributesOf("ComponentGroup")[0]?.Id },
		]);
		expect(attributesOf("ComponentGroup/Component")).toContainEqual(
			expect.objectContaining({ Directory: "MachineFolder", Permanent: "yes" }),
		);
		const [{ Sddl } = { Sddl: "" }] = attributesOf(
			"ComponentGroup/Component/CreateFolder/PermissionEx",
		);
		expect(
			await ordinaryWriters("C:\\x\\hub.json", true, async () =>
				`=SDDL=${Sddl}`.repeat(2),
			),
		).toEqual([]);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test("a project of another form, as a later builder may write one, is refused and no MSI is made without the folder", () => {
	expect(() => withMachineFolder("<Wix/>")).toThrow(/no place for a folder/);
});
