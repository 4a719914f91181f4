@echo off
rem Starts PipeOrgan Workbench with the Java of JAVA_HOME or of the PATH, 21 or newer. Files on the command line are opened.
setlocal
set "JAVA=javaw"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\javaw"
for %%L in ("%~dp0plugins\org.eclipse.equinox.launcher_*.jar") do set "LAUNCHER=%%~fL"
start "" "%JAVA%" -Xmx2g -jar "%LAUNCHER%" %*
