/** Who fills in a form of a facility: its first columns, in every such form. */
export const FORM_HEAD = [
	{
		name: "kode_faskes",
		other: "facility_code",
		about: "code of the facility, such as 3573017",
	},
	{
		name: "faskes",
		other: "facility",
		about: "its name, where it has no code",
	},
	{
		name: "kode_wilayah",
		other: "area_code",
		about: "kabupaten/kota in which it lies, such as 35.73; beside a name",
	},
] as const;
