import type { FacilityMeasure } from "../facilities/measure.ts";
import { type Both, type Entry, undocumented } from "./entry.ts";

const beds: Both = { id: "tempat tidur", en: "beds" };
const people: Both = { id: "orang", en: "people" };
const specimens: Both = { id: "spesimen", en: "specimens" };
const machines: Both = { id: "unit", en: "units" };
const share: Both = { id: "persen", en: "per cent" };

const OVER: Both = {
	id: "Dapat melebihi 100 persen bila lebih banyak yang terpakai daripada yang terdaftar. Tidak ada bila salah satu angkanya tidak disebut.",
	en: "May pass 100 per cent where more is in use than is registered. There is none where either number is not told.",
};
const STATED: Both = {
	id: "Seperti dilaporkan fasilitas untuk hari itu. Laporan terakhir berlaku paling lama tujuh hari, dengan umurnya.",
	en: "As the facility states it for the day. The last report stands for seven days at most, with its age.",
};

/** Of laboratories' own word; what the screen Logistik holds it against is told with it. */
const OWN_WORD: Both = {
	id: "Menurut kapasitas yang dinyatakan laboratorium sendiri. Layar Logistik membatasinya juga dengan ekstraksi, mesin PCR, petugas dan reagen, dan dapat menunjukkan angka lain. Tidak ada bila angkanya tidak disebut.",
	en: "By the capacity that the laboratory states itself. The screen Logistik also holds it to extraction, PCR machines, staff and reagents, and may show another figure. There is none where its numbers are not told.",
};

/** Figures of hospitals and laboratories; from which columns of their daily report each is told stands in core/facilities/measure. */
export const FACILITY_ENTRIES: Readonly<Record<FacilityMeasure, Entry>> = {
	beds: undocumented(
		{
			id: "Tempat tidur yang siap dipakai di rumah sakit itu pada hari itu, semua jenis.",
			en: "Beds of the hospital that could be used on the day, of all kinds.",
		},
		beds,
		STATED,
		["beds-occupied", "bed-occupancy"],
	),
	"beds-occupied": undocumented(
		{
			id: "Tempat tidur yang terisi pada hari itu.",
			en: "Beds with somebody in them on the day.",
		},
		beds,
		STATED,
		["beds", "bed-occupancy"],
	),
	"bed-occupancy": undocumented(
		{
			id: "Tempat tidur terisi dibagi tempat tidur yang siap dipakai (BOR).",
			en: "Occupied beds divided by the beds that could be used (BOR).",
		},
		share,
		OVER,
		["beds", "beds-occupied", "isolation-occupancy", "icu-occupancy"],
	),
	"icu-beds": undocumented(
		{
			id: "Tempat tidur perawatan intensif yang siap dipakai.",
			en: "Beds of intensive care that could be used.",
		},
		beds,
		STATED,
		["icu-occupancy", "ventilators"],
	),
	"icu-occupancy": undocumented(
		{
			id: "Tempat tidur ICU terisi dibagi tempat tidur ICU yang siap dipakai.",
			en: "Occupied beds of intensive care divided by those that could be used.",
		},
		share,
		OVER,
		["icu-beds", "bed-occupancy"],
	),
	ventilators: undocumented(
		{
			id: "Ventilator yang berfungsi.",
			en: "Ventilators that work.",
		},
		machines,
		STATED,
		["ventilator-use"],
	),
	"ventilator-use": undocumented(
		{
			id: "Ventilator terpakai dibagi ventilator yang berfungsi.",
			en: "Ventilators in use divided by those that work.",
		},
		share,
		OVER,
		["ventilators"],
	),
	"patients-confirmed": undocumented(
		{
			id: "Pasien konfirmasi yang dirawat di rumah sakit itu pada hari itu.",
			en: "Confirmed patients in the hospital on the day.",
		},
		people,
		STATED,
		["admissions", "confirmed"],
	),
	"isolation-occupancy": undocumented(
		{
			id: "Tempat tidur isolasi terisi dibagi tempat tidur isolasi yang siap dipakai.",
			en: "Occupied beds of isolation divided by those that could be used.",
		},
		share,
		OVER,
		["bed-occupancy"],
	),
	"emergency-free": undocumented(
		{
			id: "Tempat tidur IGD untuk pasien COVID-19 yang kosong.",
			en: "Free beds for patients with COVID-19 in the emergency room.",
		},
		beds,
		STATED,
		["emergency-queue"],
	),
	"emergency-queue": undocumented(
		{
			id: "Pasien yang menunggu tempat tidur di IGD.",
			en: "Patients who wait for a bed in the emergency room.",
		},
		people,
		STATED,
		["emergency-free"],
	),
	admissions: undocumented(
		{
			id: "Pasien COVID-19 yang masuk pada hari itu.",
			en: "Patients with COVID-19 who were admitted on the day.",
		},
		people,
		STATED,
		["patients-confirmed"],
	),
	capacity: undocumented(
		{
			id: "Spesimen yang dapat diperiksa laboratorium itu dalam sehari, seperti dinyatakannya.",
			en: "Specimens that the laboratory can examine in a day, as it states.",
		},
		specimens,
		OWN_WORD,
		["capacity-use", "tests-done"],
	),
	"tests-done": undocumented(
		{
			id: "Spesimen yang selesai diperiksa pada hari itu.",
			en: "Specimens examined on the day.",
		},
		specimens,
		{
			id: "Spesimen, bukan orang: tidak pernah dijumlahkan menjadi orang diperiksa.",
			en: "Specimens, not people: never summed up to people tested.",
		},
		["positivity", "capacity-use", "tests"],
	),
	"capacity-use": undocumented(
		{
			id: "Pemeriksaan selesai dibagi kapasitas sehari.",
			en: "Examinations done divided by the capacity of a day.",
		},
		share,
		OWN_WORD,
		["capacity", "tests-done"],
	),
	positivity: undocumented(
		{
			id: "Hasil positif dibagi pemeriksaan selesai pada hari itu.",
			en: "Positive results divided by the examinations done on the day.",
		},
		share,
		{
			id: "Bagian dari spesimen, termasuk pemeriksaan ulang; bukan bagian dari orang. Tidak ada bila positif melebihi yang diperiksa.",
			en: "A share of specimens, follow-up tests included, and not of people. There is none where positives exceed what was examined.",
		},
		["tests-done", "tests"],
	),
	backlog: undocumented(
		{
			id: "Spesimen yang diterima dan belum diperiksa pada akhir hari.",
			en: "Specimens received and not yet examined at the end of the day.",
		},
		specimens,
		STATED,
		["backlog-days"],
	),
	"backlog-days": undocumented(
		{
			id: "Spesimen menunggu dibagi kapasitas sehari: berapa hari kerja penuh sampai antrean habis bila tidak ada yang datang.",
			en: "Specimens waiting divided by the capacity of a day: days of full work until the queue is gone if none arrive.",
		},
		{ id: "hari kerja", en: "days of work" },
		OWN_WORD,
		["backlog", "capacity"],
	),
};
