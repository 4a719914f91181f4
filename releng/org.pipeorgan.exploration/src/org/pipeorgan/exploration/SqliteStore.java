package org.pipeorgan.exploration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import org.pipeorgan.engine.exploration.Axis;
import org.pipeorgan.engine.exploration.Column;
import org.pipeorgan.engine.exploration.DesignSpace;
import org.pipeorgan.engine.exploration.Planned;
import org.pipeorgan.engine.exploration.PointResult;
import org.pipeorgan.engine.exploration.PointResult.Status;
import org.pipeorgan.engine.exploration.PointStore;
import org.pipeorgan.engine.exploration.StoreException;
import org.pipeorgan.engine.exploration.StoreHeader;
import org.pipeorgan.engine.exploration.Totals;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A store in one file of SQLite; the schema is documented in {@code docs/exploration.md}. Each result is a transaction in a write-ahead log: it
 * survives the end of the process as soon as it is appended, and, but for the last ones, the loss of power.
 */
final class SqliteStore implements PointStore {
	/** {@code PORG}: marks a file as a store of this program. */
	private static final int APPLICATION = 0x504f5247;
	/** Version of the schema. */
	private static final int VERSION = 1;
	private static final int FIRST_PROPERTY = 4;
	/** The driver logs stack traces; what it throws says it all. Kept, because loggers are held weakly. */
	private static final Logger LOGGER = Logger.getLogger("org.sqlite");

	static {
		LOGGER.setLevel(Level.OFF);
	}

	private final Path file;
	private final StoreLock lock;
	private final Connection connection;
	private StoreHeader header;
	private PreparedStatement insertPoint;
	private PreparedStatement insertRun;
	private PreparedStatement selectPoint;

	private SqliteStore(Path file, boolean append) throws SQLException {
		this.file = file;
		lock = append ? StoreLock.of(file) : null;
		SQLiteConfig config = new SQLiteConfig();
		config.setJournalMode(SQLiteConfig.JournalMode.WAL);
		config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
		config.setBusyTimeout(10_000);
		boolean made = false;
		try {
			connection = config.createConnection("jdbc:sqlite:" + (append ? file.toAbsolutePath().toString() : readable(file, config)));
			made = true;
		} finally {
			if (!made && lock != null) {
				lock.close();
			}
		}
	}

	/** Readers beside a writer need its folder; without one, what cannot be written does not change either. */
	private static String readable(Path file, SQLiteConfig config) {
		if (Files.isWritable(file.toAbsolutePath().getParent())) {
			return file.toAbsolutePath().toString();
		}
		config.setReadOnly(true);
		config.setJournalMode(SQLiteConfig.JournalMode.OFF);
		return file.toAbsolutePath().toUri().toString().replace("file:///", "file:/") + "?immutable=1";
	}

	static SqliteStore create(Path file, StoreHeader header) {
		if (Files.exists(file)) {
			throw new StoreException("there is a store " + file + " already; continue it with --resume, or choose another folder with -o");
		}
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
		} catch (IOException e) {
			throw new StoreException("cannot make the folder of " + file + ": " + e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage()
					+ "; choose another folder with -o", e);
		}
		return opened(file, true, store -> store.make(header));
	}

	static SqliteStore open(Path file, boolean append) {
		if (!Files.isRegularFile(file)) {
			throw new StoreException("there is no store " + file + "; 'pipeorgan sweep' makes one");
		}
		return opened(file, append, store -> {
			store.check();
			store.header = store.readHeader();
		});
	}

	/** What is done with a store that was opened, before it is used. */
	private interface Beginning {
		void of(SqliteStore store) throws SQLException;
	}

	/** A store that is closed again if it does not begin well. */
	private static SqliteStore opened(Path file, boolean append, Beginning beginning) {
		SqliteStore store = null;
		try {
			store = new SqliteStore(file, append);
			beginning.of(store);
			store.prepare();
			return store;
		} catch (SQLException e) {
			if (store != null) {
				store.close();
			}
			throw failure(file, e);
		} catch (StoreException e) {
			if (store != null) {
				store.close();
			}
			throw e;
		}
	}

	private void check() throws SQLException {
		if (number("PRAGMA application_id") != APPLICATION) {
			throw new StoreException(file + " is a database, but no store of a sweep; choose another file or folder");
		}
		long version = number("PRAGMA user_version");
		if (version != VERSION) {
			throw new StoreException("the store " + file + " has version " + version + " of the format, this program reads version " + VERSION
					+ "; use the program that made it, or begin again in another folder with -o");
		}
		try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
			if (!found.next() || !"ok".equals(found.getString(1))) {
				throw damaged(file, found.getString(1));
			}
		}
	}

	private static StoreException damaged(Path file, String how) {
		return new StoreException("the store " + file + " is damaged (" + how.lines().findFirst().orElse("") + "); move it away and begin again, or save what can be read with 'sqlite3 "
				+ file.getFileName() + " .recover'");
	}

	private void make(StoreHeader made) throws SQLException {
		header = made;
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA application_id = " + APPLICATION);
			statement.execute("PRAGMA user_version = " + VERSION);
			statement.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
			statement.execute("CREATE TABLE axes (position INTEGER PRIMARY KEY, name TEXT NOT NULL)");
			statement.execute("CREATE TABLE choices (axis INTEGER NOT NULL, position INTEGER NOT NULL, label TEXT NOT NULL, PRIMARY KEY (axis, position))");
			statement.execute("CREATE TABLE properties (position INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT)");
			statement.execute("CREATE TABLE workloads (position INTEGER PRIMARY KEY, name TEXT NOT NULL)");
			statement.execute("CREATE TABLE sources (path TEXT PRIMARY KEY, position INTEGER NOT NULL, text TEXT NOT NULL)");
			statement.execute("CREATE TABLE points (point INTEGER PRIMARY KEY, position INTEGER NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL, "
					+ header.columns().stream().map(column -> quoted(column.name()) + ", ").collect(Collectors.joining()) + String.join(", ", Totals.NAMES) + ")");
			statement.execute("CREATE TABLE runs (point INTEGER NOT NULL, workload INTEGER NOT NULL, " + String.join(", ", Totals.NAMES) + ", PRIMARY KEY (point, workload)) WITHOUT ROWID");
		}
		Map<String, String> meta = new LinkedHashMap<>();
		meta.put("format", "pipeorgan-sweep/" + VERSION);
		meta.put("study", header.study());
		meta.put("file", header.file());
		meta.put("hash", header.hash());
		meta.put("program", header.program());
		for (Map.Entry<String, String> entry : meta.entrySet()) {
			insert("meta", entry.getKey(), entry.getValue());
		}
		for (int i = 0; i < header.space().axes().size(); i++) {
			Axis axis = header.space().axes().get(i);
			insert("axes", i, axis.name());
			for (int j = 0; j < axis.choices().size(); j++) {
				insert("choices", i, j, axis.choices().get(j));
			}
		}
		for (int i = 0; i < header.columns().size(); i++) {
			insert("properties", i, header.columns().get(i).name(), header.columns().get(i).unit());
		}
		for (int i = 0; i < header.workloads().size(); i++) {
			insert("workloads", i, header.workloads().get(i));
		}
		int position = 0;
		for (Map.Entry<String, String> source : header.sources().entrySet()) {
			insert("sources", source.getKey(), position++, source.getValue());
		}
		connection.commit();
	}

	private static String quoted(String name) {
		return "\"" + name.replace("\"", "\"\"") + "\"";
	}

	private void insert(String table, Object... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks(values.length) + ")")) {
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			statement.executeUpdate();
		}
	}

	private static String marks(int count) {
		return String.join(", ", Collections.nCopies(count, "?"));
	}

	private StoreHeader readHeader() throws SQLException {
		Map<String, String> meta = new LinkedHashMap<>();
		query("SELECT key, value FROM meta", row -> meta.put(row.getString(1), row.getString(2)));
		List<Axis> axes = new ArrayList<>();
		List<String> names = new ArrayList<>();
		query("SELECT name FROM axes ORDER BY position", row -> names.add(row.getString(1)));
		for (int i = 0; i < names.size(); i++) {
			List<String> choices = new ArrayList<>();
			query("SELECT label FROM choices WHERE axis = " + i + " ORDER BY position", row -> choices.add(row.getString(1)));
			axes.add(new Axis(names.get(i), choices));
		}
		List<Column> columns = new ArrayList<>();
		query("SELECT name, unit FROM properties ORDER BY position", row -> columns.add(new Column(row.getString(1), row.getString(2))));
		List<String> workloads = new ArrayList<>();
		query("SELECT name FROM workloads ORDER BY position", row -> workloads.add(row.getString(1)));
		Map<String, String> sources = new LinkedHashMap<>();
		query("SELECT path, text FROM sources ORDER BY position", row -> sources.put(row.getString(1), row.getString(2)));
		return new StoreHeader(meta.get("study"), meta.get("file"), meta.get("hash"), meta.get("program"), new DesignSpace(axes), columns, workloads, sources);
	}

	private interface Row {
		void read(ResultSet row) throws SQLException;
	}

	private void query(String sql, Row reader) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				reader.read(rows);
			}
		}
	}

	private long number(String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			return row.next() ? row.getLong(1) : 0;
		}
	}

	private void prepare() throws SQLException {
		connection.setAutoCommit(false);
		insertPoint = connection.prepareStatement("INSERT OR REPLACE INTO points VALUES (" + marks(FIRST_PROPERTY + header.columns().size() + Totals.NAMES.size()) + ")");
		insertRun = connection.prepareStatement("INSERT OR REPLACE INTO runs VALUES (" + marks(2 + Totals.NAMES.size()) + ")");
		selectPoint = connection.prepareStatement("SELECT * FROM points WHERE point = ?");
	}

	@Override
	public StoreHeader header() {
		return header;
	}

	@Override
	public synchronized void append(long position, PointResult result) {
		try {
			int at = 1;
			insertPoint.setLong(at++, result.point());
			insertPoint.setLong(at++, position);
			insertPoint.setString(at++, result.status().keyword());
			insertPoint.setString(at++, result.message());
			for (Object property : result.properties()) {
				insertPoint.setObject(at++, property);
			}
			set(insertPoint, at, result.totals());
			insertPoint.executeUpdate();
			if (header.workloads().size() > 1) {
				for (int i = 0; i < result.workloads().size(); i++) {
					insertRun.setLong(1, result.point());
					insertRun.setLong(2, i);
					set(insertRun, 3, result.workloads().get(i));
					insertRun.executeUpdate();
				}
			}
			connection.commit();
		} catch (SQLException e) {
			try {
				connection.rollback();
			} catch (SQLException rollback) {
				e.addSuppressed(rollback);
			}
			throw failure(file, e);
		}
	}

	private static void set(PreparedStatement statement, int first, Totals totals) throws SQLException {
		List<? extends Number> values = totals == null ? Collections.nCopies(Totals.NAMES.size(), null) : totals.values();
		for (int i = 0; i < values.size(); i++) {
			statement.setObject(first + i, values.get(i));
		}
	}

	private static Totals totals(ResultSet row, int first) throws SQLException {
		if (row.getObject(first) == null) {
			return null;
		}
		int at = first;
		return new Totals(row.getLong(at++), row.getDouble(at++), row.getDouble(at++), row.getLong(at++), row.getLong(at++), row.getLong(at++), row.getLong(at++), row.getLong(at++),
				row.getLong(at++), row.getLong(at++), row.getInt(at++), row.getInt(at));
	}

	/** A row of points; the totals of single workloads are looked up. */
	private PointResult result(ResultSet row, Map<Long, List<Totals>> runs) throws SQLException {
		List<Object> properties = new ArrayList<>();
		for (int i = 0; i < header.columns().size(); i++) {
			Object value = row.getObject(FIRST_PROPERTY + 1 + i);
			properties.add(value instanceof Integer whole ? (Object) whole.longValue() : value);
		}
		long point = row.getLong(1);
		Totals totals = totals(row, FIRST_PROPERTY + 1 + header.columns().size());
		List<Totals> each = totals == null ? List.of() : header.workloads().size() == 1 ? List.of(totals) : runs.getOrDefault(point, List.of());
		return new PointResult(point, Status.of(row.getString(3)), row.getString(4), properties, totals, each);
	}

	@Override
	public synchronized Optional<PointResult> find(long point) {
		try {
			selectPoint.setLong(1, point);
			try (ResultSet row = selectPoint.executeQuery()) {
				if (!row.next()) {
					return Optional.empty();
				}
				Map<Long, List<Totals>> runs = new LinkedHashMap<>();
				if (header.workloads().size() > 1) {
					query("SELECT * FROM runs WHERE point = " + point + " ORDER BY workload", run -> runs.computeIfAbsent(point, key -> new ArrayList<>()).add(totals(run, 3)));
				}
				return Optional.of(result(row, runs));
			}
		} catch (SQLException e) {
			throw failure(file, e);
		}
	}

	@Override
	public synchronized boolean contains(long point) {
		try {
			selectPoint.setLong(1, point);
			try (ResultSet row = selectPoint.executeQuery()) {
				return row.next();
			}
		} catch (SQLException e) {
			throw failure(file, e);
		}
	}

	@Override
	public synchronized Map<Status, Long> counts() {
		Map<Status, Long> counts = new EnumMap<>(Status.class);
		try {
			query("SELECT status, count(*) FROM points GROUP BY status", row -> counts.put(Status.of(row.getString(1)), row.getLong(2)));
		} catch (SQLException e) {
			throw failure(file, e);
		}
		return counts;
	}

	@Override
	public synchronized void forEach(BiConsumer<Planned, PointResult> reader) {
		boolean many = header.workloads().size() > 1;
		try (Statement ofPoints = connection.createStatement();
				Statement ofRuns = connection.createStatement();
				ResultSet points = ofPoints.executeQuery("SELECT * FROM points ORDER BY point");
				ResultSet runs = ofRuns.executeQuery("SELECT * FROM runs ORDER BY point, workload")) {
			boolean more = many && runs.next();
			while (points.next()) {
				long point = points.getLong(1);
				List<Totals> each = new ArrayList<>();
				while (more && runs.getLong(1) <= point) {
					each.add(totals(runs, 3));
					more = runs.next();
				}
				reader.accept(new Planned(points.getLong(2), point), result(points, Map.of(point, each)));
			}
		} catch (SQLException e) {
			throw failure(file, e);
		}
	}

	@Override
	public synchronized void close() {
		try {
			connection.close();
		} catch (SQLException e) {
			// whatever was appended is there: the log is read by who opens the store next
		} finally {
			if (lock != null) {
				lock.close();
			}
		}
	}

	/** What went wrong, in words, with what would mend it. */
	private static StoreException failure(Path file, SQLException e) {
		SQLiteErrorCode code = e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
		String name = code.name();
		if (name.startsWith("SQLITE_FULL") || name.startsWith("SQLITE_IOERR_WRITE") || name.startsWith("SQLITE_IOERR_SHMSIZE")) {
			return new StoreException("no room left to write the store " + file + "; what was stored is safe: make room on its disk, then continue with --resume", e);
		} else if (name.startsWith("SQLITE_NOTADB")) {
			return new StoreException(file + " is no database, so it is no store of a sweep, or one that is damaged from its beginning; choose another file or folder");
		} else if (name.startsWith("SQLITE_CORRUPT")) {
			return damaged(file, e.getMessage());
		} else if (name.startsWith("SQLITE_READONLY") || name.startsWith("SQLITE_CANTOPEN") || name.startsWith("SQLITE_PERM") || name.startsWith("SQLITE_AUTH")) {
			return new StoreException("the store " + file + " cannot be opened for writing (" + e.getMessage().lines().findFirst().orElse("")
					+ "); its folder may be read-only: choose another one with -o", e);
		} else if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
			return new StoreException("the store " + file + " is in use by another process; wait until it ends", e);
		}
		if (e.getCause() != null && !(e instanceof SQLiteException)) {
			return new StoreException("SQLite cannot be loaded: its library is unpacked into the folder for temporary files, " + System.getProperty("java.io.tmpdir")
					+ "; make room there, or choose another one with PIPEORGAN_JAVA_OPTIONS=-Djava.io.tmpdir=DIR", e);
		}
		return new StoreException("the store " + file + " cannot be used: " + e.getMessage() + "; check its folder and disk, then continue with --resume", e);
	}
}
