/** The same for the MSI as `customInstall` of resources/installer/installer.nsh is for NSIS: Administrators, SYSTEM; Users read. */
const CLOSED =
	"O:BAG:SYD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)";

/**
 * Adds to electron-builder's project of an MSI (templates/msi/template.xml of app-builder-lib) the folder in which a machine's administrator
 * says which hub is followed, closed to ordinary accounts: made by whoever comes first, anybody could. Removing the application leaves it.
 * Its name is not all in capitals: such a property the command line of the installation could lead elsewhere.
 * @throws Error where the project has another form
 */
export function withMachineFolder(project: string): string {
	const folders = '<Directory Id="TARGETDIR" Name="SourceDir">';
	const components = "</ComponentGroup>";
	for (const place of [folders, components])
		if (project.split(place).length !== 2)
			throw new Error(
				`electron-builder's MSI has no place for a folder any more: ${place}`,
			);
	return project
		.replace(
			folders,
			`${folders}
      <Directory Id="CommonAppDataFolder">
        <Directory Id="MachineFolder" Name="BLC Command"/>
      </Directory>`,
		)
		.replace(
			components,
			`  <Component Id="machineFolder" Directory="MachineFolder" Guid="0C8E1F5B-6F6E-4B0E-9D3C-5A7C2F1E9B64" Permanent="yes">
        <CreateFolder>
          <PermissionEx Sddl="${CLOSED}"/>
        </CreateFolder>
      </Component>
    ${components}`,
		);
}
