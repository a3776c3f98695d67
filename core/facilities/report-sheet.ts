import { FORM_HEAD } from "./form-head.ts";
import type { ReportColumn } from "./report.ts";

/** Who reports, of which day: the first columns of the form of a daily report. */
export const REPORT_HEAD = [
	...FORM_HEAD,
	{
		name: "tanggal",
		other: "day",
		about: "day of the report, such as 2020-12-26",
	},
] as const;

/** What the columns of a daily report are called in its form: the one list for its reader and its template. The names of the feed are taken too. */
export const REPORT_FORM: Readonly<
	Record<ReportColumn, { name: string; about: string }>
> = {
	beds: { name: "tempat_tidur", about: "beds of the hospital" },
	beds_occupied: { name: "tempat_tidur_terisi", about: "of them occupied" },
	icu_beds: { name: "icu", about: "beds of intensive care" },
	icu_occupied: { name: "icu_terisi", about: "of them occupied" },
	ventilators: { name: "ventilator", about: "ventilators that work" },
	ventilators_used: { name: "ventilator_terpakai", about: "of them in use" },
	patients_confirmed: {
		name: "pasien_konfirmasi",
		about: "confirmed patients in a bed",
	},
	admissions: {
		name: "pasien_masuk",
		about: "people with COVID-19 admitted on the day",
	},
	isolation_beds: { name: "isolasi", about: "beds of isolation" },
	isolation_occupied: { name: "isolasi_terisi", about: "of them occupied" },
	patients_mild: { name: "pasien_ringan", about: "patients, mild" },
	patients_moderate: { name: "pasien_sedang", about: "patients, moderate" },
	patients_severe: { name: "pasien_berat", about: "patients, severe" },
	patients_critical: { name: "pasien_kritis", about: "patients, critical" },
	emergency_free: {
		name: "igd_kosong",
		about: "free beds for COVID-19 in the emergency room",
	},
	emergency_queue: { name: "igd_antre", about: "waiting for one of them" },
	class1_free: { name: "kelas1_kosong", about: "free beds of class 1" },
	class2_free: { name: "kelas2_kosong", about: "free beds of class 2" },
	class3_free: { name: "kelas3_kosong", about: "free beds of class 3" },
	doctors: {
		name: "dokter",
		about: "doctors who looked after COVID-19 on the day, all shifts",
	},
	doctors_needed: {
		name: "dokter_dibutuhkan",
		about: "doctors that were needed",
	},
	nurses: { name: "perawat", about: "nurses, likewise" },
	nurses_needed: {
		name: "perawat_dibutuhkan",
		about: "nurses that were needed",
	},
	other_workers: {
		name: "nakes_lain",
		about: "other health workers, likewise",
	},
	other_workers_needed: {
		name: "nakes_lain_dibutuhkan",
		about: "other health workers that were needed",
	},
	stock_gown: { name: "stok_gaun", about: "gowns, in pieces" },
	stock_respirator: {
		name: "stok_respirator",
		about: "respirators, in pieces",
	},
	stock_mask: { name: "stok_masker", about: "masks, in pieces" },
	stock_gloves: { name: "stok_sarung_tangan", about: "gloves, in pairs" },
	stock_face_shield: {
		name: "stok_pelindung_wajah",
		about: "face shields, in pieces",
	},
	stock_oxygen_m3: { name: "stok_oksigen_m3", about: "oxygen, in m³" },
	capacity: {
		name: "kapasitas",
		about: "specimens that the laboratory can examine in a day",
	},
	extraction: {
		name: "ekstraksi",
		about: "specimens that it can extract in a day",
	},
	pcr_machines: { name: "mesin_pcr", about: "PCR machines that work" },
	pcr_runs: {
		name: "putaran_pcr",
		about: "plates of 96 wells that one of them runs in a day",
	},
	specimens_per_worker: {
		name: "spesimen_per_petugas",
		about: "specimens that one person examines in a day",
	},
	specimens_received: { name: "spesimen_masuk", about: "specimens received" },
	tests_done: { name: "diperiksa", about: "specimens examined" },
	positives: { name: "positif", about: "of them positive" },
	backlog: { name: "menunggu", about: "specimens waiting" },
	laboratory_staff: {
		name: "petugas_lab",
		about: "people who examined specimens on the day, all shifts",
	},
	laboratory_staff_needed: {
		name: "petugas_lab_dibutuhkan",
		about: "people who were needed for it",
	},
	stock_reagent: { name: "stok_reagen", about: "reagents, in tests" },
	stock_vtm: { name: "stok_vtm", about: "tubes with medium" },
};
