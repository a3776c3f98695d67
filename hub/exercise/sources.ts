import type { SourceDefinition } from "../store/sources.ts";
import type { ExerciseSource } from "./received-file.ts";

/** The simulated sources. Their names say that they are simulated wherever a number's origin is shown. */
export const EXERCISE_SOURCES: readonly (SourceDefinition & {
	key: ExerciseSource;
})[] = [
	{
		key: "latihan-dinkes",
		idName: "Dinas kesehatan (latihan)",
		enName: "Health offices (exercise)",
		idOrder:
			"Pertama untuk kabupaten/kota dan provinsi: laporan daerah sendiri.",
		enOrder: "First for kabupaten/kota and provinces: the area's own report.",
		rank: 1,
		cadence: "daily",
	},
	{
		key: "latihan-kecamatan",
		idName: "Dinas kesehatan per kecamatan, tiap Sabtu (latihan)",
		enName: "Health offices by kecamatan, each Saturday (exercise)",
		idOrder: "Satu-satunya sumber kasus per kecamatan; tidak dijumlahkan.",
		enOrder: "The only source of cases by kecamatan; added into nothing.",
		rank: 5,
		cadence: "irregular",
	},
	{
		key: "latihan-kelurahan",
		idName: "Dinas kesehatan DKI Jakarta per kelurahan, tiap Sabtu (latihan)",
		enName:
			"Health offices of DKI Jakarta by kelurahan, each Saturday (exercise)",
		idOrder:
			"Satu-satunya sumber kasus per kelurahan; tidak dijumlahkan. Letaknya juga rekaan.",
		enOrder:
			"The only source of cases by kelurahan; added into nothing. Where they lie is invented too.",
		rank: 9,
		cadence: "irregular",
	},
	{
		key: "latihan-zonasi",
		idName: "Zonasi risiko, tiap Minggu (latihan)",
		enName: "Risk zones, each Sunday (exercise)",
		idOrder: "Satu-satunya sumber zona risiko; tidak dijumlahkan.",
		enOrder: "The only source of risk zones; added into nothing.",
		rank: 6,
		cadence: "irregular",
	},
	{
		key: "latihan-portal",
		idName: "Portal nasional (latihan)",
		enName: "National portal (exercise)",
		idOrder:
			"Pertama untuk angka nasional; untuk provinsi setelah laporan daerah.",
		enOrder:
			"First for the national figure; for provinces after the area's own report.",
		rank: 2,
		cadence: "daily",
	},
	{
		key: "latihan-rs",
		idName: "Rumah sakit (latihan)",
		enName: "Hospitals (exercise)",
		idOrder: "Satu-satunya sumber tempat tidur dan stok rumah sakit.",
		enOrder: "The only source of hospital beds and stock.",
		rank: 3,
		cadence: "daily",
	},
	{
		key: "latihan-lab",
		idName: "Laboratorium (latihan)",
		enName: "Laboratories (exercise)",
		idOrder: "Satu-satunya sumber kapasitas dan stok laboratorium.",
		enOrder: "The only source of laboratory capacity and stock.",
		rank: 4,
		cadence: "daily",
	},
	{
		key: "latihan-gudang",
		idName: "Gudang (latihan)",
		enName: "Warehouses (exercise)",
		idOrder: "Satu-satunya sumber stok gudang.",
		enOrder: "The only source of stock in warehouses.",
		rank: 7,
		cadence: "daily",
	},
	{
		key: "latihan-lplpo",
		idName: "Lembar stok LPLPO, tiap minggu (latihan)",
		enName: "Sheets of stock, each week (exercise)",
		idOrder:
			"Satu-satunya sumber penerimaan, pemakaian, lot, dan permintaan; untuk sisa stok setelah laporan harian.",
		enOrder:
			"The only source of what was received and used, of lots and requests; of stock after the daily report.",
		rank: 9,
		cadence: "irregular",
	},
	{
		key: "latihan-fasilitas",
		idName: "Daftar fasilitas (latihan)",
		enName: "Register of facilities (exercise)",
		idOrder:
			"Satu-satunya sumber nama, kelas, tempat dan tempat tidur terdaftar.",
		enOrder: "The only source of names, classes, places and registered beds.",
		rank: 8,
		cadence: "irregular",
	},
];
