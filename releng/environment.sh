# Sourced by releng/pipeorgan and releng/verify: finds a JDK and a Maven that can build the project, and builds what has changed.
# Sets JAVA_HOME, MAVEN and ROOT; says what is needed and exits with 3 when there is none.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
JDK_NEEDED=21
MAVEN_NEEDED=3.9
MAVEN_FETCHED=3.9.11

say() { printf '%s\n' "$*" >&2; }

# The major version of the JDK in folder $1, or nothing when there is no complete JDK. Reads the file
# `release` that every JDK carries; asks the compiler only when there is none.
jdk_version() {
	[ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
	local version=''
	[ -r "$1/release" ] && version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release")
	[ -n "$version" ] || version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
	[ -n "$version" ] && printf '%s\n' "$version"
}

# Folders that may hold a JDK: JAVA_HOME, the one on the PATH, then the usual places, newest version first.
jdk_candidates() {
	[ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
	local javac
	javac=$(command -v javac 2>/dev/null) && printf '%s\n' "$(cd "$(dirname "$(readlink -f "$javac")")/.." && pwd -P)"
	local folder version
	for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* /usr/local/openjdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
		/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
		[ -d "$folder" ] && version=$(jdk_version "$folder") && printf '%s %s\n' "$version" "$folder"
	done | sort -rn | cut -d' ' -f2-
}

find_jdk() {
	local folder version found=''
	while IFS= read -r folder; do
		version=$(jdk_version "$folder") || continue
		if [ "$version" -ge "$JDK_NEEDED" ]; then
			export JAVA_HOME=$folder
			return 0
		fi
		found="$found $folder ($version)"
	done < <(jdk_candidates)
	say "PipeOrgan Workbench needs a JDK $JDK_NEEDED or newer; found:${found:- none}."
	say "Install one (for example the package openjdk-$JDK_NEEDED-jdk or temurin-$JDK_NEEDED-jdk), or point JAVA_HOME at one."
	exit 3
}

# True if version $1 is at least $2.
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

maven_version() { (cd / && "$1" -v 2>/dev/null) | sed 's/\x1b\[[0-9;]*m//g' | sed -n 's/^Apache Maven \([0-9][0-9.]*\).*/\1/p'; }

# A Maven that is new enough: the one on the PATH, or else 3.9.11, fetched once with the Maven on the PATH.
find_maven() {
	local own=$ROOT/releng/.maven/apache-maven-$MAVEN_FETCHED/bin/mvn
	if [ -x "$own" ]; then
		MAVEN=$own
		return 0
	fi
	local installed version
	installed=$(command -v mvn 2>/dev/null) || {
		say "PipeOrgan Workbench is built with Maven: install any Maven 3.8 or newer (for example the package maven)."
		exit 3
	}
	version=$(maven_version "$installed")
	if version_at_least "${version:-0}" "$MAVEN_NEEDED" && ! version_at_least "$version" 4; then
		MAVEN=$installed
		return 0
	fi
	say "Fetching Maven $MAVEN_FETCHED (the installed one is ${version:-unknown})."
	mkdir -p "$ROOT/releng/.maven"
	# shellcheck disable=SC2086
	# Outside the project: an old Maven would load the project's build extension and fail.
	if ! (cd / && "$installed" -B -q ${PIPEORGAN_MAVEN_OPTIONS:-} org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack \
		-Dartifact=org.apache.maven:apache-maven:$MAVEN_FETCHED:zip:bin -DoutputDirectory="$ROOT/releng/.maven" -Dproject.basedir="$ROOT/releng/.maven" \
		-DmarkersDirectory="$ROOT/releng/.maven/markers" >"$ROOT/releng/.maven/log" 2>&1); then
		sed -n '/ERROR/p' "$ROOT/releng/.maven/log" | head -n 5 >&2
		say "Maven $MAVEN_FETCHED could not be fetched; install Maven $MAVEN_NEEDED or newer yourself, or see $ROOT/releng/.maven/log."
		exit 3
	fi
	chmod +x "$own"
	MAVEN=$own
}

# Options for every Maven call; PIPEORGAN_MAVEN_OPTIONS adds the user's own, such as -o or -Dmaven.repo.local=FOLDER.
# -itr keeps third-party POMs from asking for snapshots; the platform property keeps an SWT POM quiet.
# shellcheck disable=SC2206
MAVEN_OPTIONS=(-itr -Dosgi.platform=gtk.linux.x86_64 ${PIPEORGAN_MAVEN_OPTIONS:-})

# Builds are short: the optimizing compiler of the virtual machine costs them more than it saves.
export MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}"

# A digest of the names and the bytes of all files below the given paths of the project.
digest() { (cd "$ROOT" && find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum) 2>/dev/null; }
digest_grammar() { digest pom.xml org.pipeorgan.dsl/{pom.xml,model,src/org/pipeorgan/dsl/*.{xtext,mwe2}}; }
digest_sources() { digest pom.xml releng/org.pipeorgan.target org.pipeorgan.engine/{pom.xml,build.properties,META-INF,src} org.pipeorgan.dsl/{pom.xml,build.properties,META-INF,model,library,src}; }
digest_generated() { digest org.pipeorgan.dsl/{emf-gen,src-gen,xtend-gen}; }

# What the last build was made from and what it generated; gone with Maven's 'clean'.
BUILT=$ROOT/org.pipeorgan.dsl/target/built

# Builds engine and language with the given arguments of Maven, and other modules as these say. The whole build generates and compiles always; this one
# generates the language only where its grammar, metamodel or workflow, or what they gave, has changed since it was built. Where any source has, it
# compiles all of them: the compiler by itself would look at the files that changed, not at those that use them.
build_what_changed() {
	local grammar sources built_grammar='' built_sources='' generated='' keep=() status
	grammar=$(digest_grammar)
	sources=$(digest_sources)
	[ -f "$BUILT" ] && { read -r built_grammar; read -r built_sources; read -r generated; } <"$BUILT"
	mkdir -p "${BUILT%/*}"
	rm -f "$BUILT"
	touch "$BUILT.begun"
	[ "$built_grammar $generated" = "$grammar $(digest_generated)" ] && keep=(-Dexec.skip)
	if [ ${#keep[@]} = 1 ] && [ "$built_sources" = "$sources" ]; then keep+=(-DskipXtend); else rm -rf "$ROOT"/org.pipeorgan.{engine,dsl}/target/classes; fi
	"$MAVEN" -B -ntp "${MAVEN_OPTIONS[@]}" "${keep[@]}" "$@"
	status=$?
	# Whatever became of their tests; and what was not generated anew is still current where they did not compile.
	if [ -n "$(find "${BUILT%/*}" -maxdepth 1 -name '*.jar' -newer "$BUILT.begun")" ]; then
		printf '%s\n' "$grammar" "$sources" "$(digest_generated)" >"$BUILT"
	elif [ ${#keep[@]} != 0 ]; then
		printf '%s\n' "$grammar" '' "$(digest_generated)" >"$BUILT"
	fi
	return $status
}
